"""The verifier: a MiniLM cross-encoder with one head.

Input `[CLS] statement [SEP] evidence [SEP]`, token types 0 and 1. The head looks at
the first token and at the mean and the maximum of the statement's tokens: a single
changed number must not drown in the mean.
"""
import torch
from safetensors.torch import load_file
from torch import nn

from tokens import BERT_CONFIG

HIDDEN = 128


class Verifier(nn.Module):
    def __init__(self):
        super().__init__()
        from transformers import BertConfig, BertModel
        self.enc = BertModel(BertConfig(**BERT_CONFIG, attn_implementation="sdpa"), add_pooling_layer=False)
        self.held = nn.Sequential(nn.Linear(3 * 384, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))

    def forward(self, ids, mask, types):
        """Returns one logit a pair [B]: positive when the evidence holds the statement."""
        h = self.enc(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        own = (mask * (1 - types)).unsqueeze(-1).to(h.dtype)
        mean = (h * own).sum(1) / own.sum(1)
        most = (h - (1 - own) * 1e4).amax(1)
        return self.held(torch.cat([h[:, 0], mean, most], -1)).squeeze(-1).float()


def load_verifier(path):
    """A verifier's checkpoint, or a reader's body with a fresh head."""
    model = Verifier()
    state = {k: v.float() for k, v in load_file(str(path)).items() if k.startswith(("enc.", "held.")) and "pooler" not in k}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(k.startswith("held.") for k in missing), (missing, unexpected)
    return model
