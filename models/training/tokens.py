"""Tokenizer and configuration files in the layout transformers.js reads."""
import json
from pathlib import Path

from files import install, write_json

BERT_CONFIG = {
    "architectures": ["BertModel"], "model_type": "bert", "vocab_size": 30522, "hidden_size": 384,
    "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536, "hidden_act": "gelu",
    "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "max_position_embeddings": 512,
    "type_vocab_size": 2, "layer_norm_eps": 1e-12, "pad_token_id": 0, "position_embedding_type": "absolute",
}


def write_layout(base, out, limit):
    """Copies the tokenizer of `base` and writes config.json and tokenizer_config.json."""
    base, out = Path(base), Path(out)
    tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    write_json(out / "config.json", BERT_CONFIG)
    write_json(out / "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "do_lower_case": True, "strip_accents": None,
        "tokenize_chinese_chars": True, "model_max_length": limit, "unk_token": "[UNK]", "sep_token": "[SEP]",
        "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"})
    part = out / "tokenizer.json.tmp"
    part.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    install(part, out / "tokenizer.json")
    part.unlink()


def load_tokenizer(folder):
    from tokenizers import Tokenizer
    return Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
