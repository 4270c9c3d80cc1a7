"""The reader: a MiniLM cross-encoder with three heads.

Input `[CLS] question [SEP] passage [SEP]`, token types 0 and 1.
- relevance: is this the passage to read for the question (first token);
- start, end: where the answer stands (every token);
- answerable: does the passage hold the answer to this very question. It looks
  at the first token and at the tokens where the span head would put start and
  end, through one hidden layer.
"""
import torch
from safetensors.torch import load_file
from torch import nn

from tokens import BERT_CONFIG

HIDDEN = 192


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        from transformers import BertConfig, BertModel
        self.enc = BertModel(BertConfig(**BERT_CONFIG, attn_implementation="sdpa"))
        self.rel = nn.Linear(384, 1)
        self.span = nn.Linear(384, 2)
        self.ans = nn.Sequential(nn.Linear(3 * 384, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))

    def forward(self, ids, mask, types):
        """Returns relevance [B], answerable [B], span logits [B, S, 2] (passage tokens only)."""
        h = self.enc(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        cls = h[:, 0]
        span = self.span(h).float()
        span = span.masked_fill((types * mask).unsqueeze(-1) == 0, -1e4)
        where = span.detach().softmax(1).to(h.dtype)
        at = torch.einsum("bsk,bsh->bkh", where, h).flatten(1)
        return self.rel(cls).squeeze(-1).float(), self.ans(torch.cat([cls, at], -1)).squeeze(-1).float(), span


def load_reader(path):
    """Loads a checkpoint; an older one without the third head gets a fresh one."""
    model = Reader()
    state = {k: v.float() for k, v in load_file(str(path)).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(k.startswith(("ans.", "enc.pooler")) for k in missing), (missing, unexpected)
    return model, not any(k.startswith("ans.") for k in missing)
