"""Writes ../manifest.json from the files that lie in the models folder.

    python write_manifest.py --models ..

Run it whenever a file changes; hashes and sizes are always those of the files.
"""
import argparse
from pathlib import Path

from files import sha256, write_json
from intent_labels import ACTS, INTENTS

# Its words are in data/prompts/, which the product reads.
PROMPT = {"template": "numbered-passages", "answer": "Sentence. [1] Sentence. [2]"}
MODELS = [
    {"role": "embedder", "name": "answerbox-embedder-minilm-l6", "file": "embedder/onnx/model_quantized.onnx",
     "licence": "Apache-2.0", "base": "sentence-transformers/all-MiniLM-L6-v2", "format": "onnx-int8", "dimensions": 384,
     "context_tokens": 256, "outputs": ["embedding"], "prompt_format": None},
    {"role": "reader", "name": "answerbox-reader-minilm-l6", "file": "reader/onnx/model_quantized.onnx",
     "licence": "Apache-2.0", "base": "sentence-transformers/all-MiniLM-L6-v2", "format": "onnx-int8", "context_tokens": 256,
     "question_tokens": 40, "input": "[CLS] question [SEP] passage [SEP]",
     "outputs": ["relevance", "answerable", "start_logits", "end_logits"], "prompt_format": None},
    {"role": "verifier", "name": "answerbox-verifier-minilm-l6", "file": "verifier/onnx/model_quantized.onnx",
     "licence": "Apache-2.0", "base": "sentence-transformers/all-MiniLM-L6-v2", "format": "onnx-int8", "context_tokens": 256,
     "shares": ["reader/tokenizer.json"], "statement_tokens": 72, "input": "[CLS] statement [SEP] evidence [SEP]", "outputs": ["held"], "prompt_format": None},
    {"role": "intents", "name": "answerbox-intents", "file": "intents/onnx/model.onnx", "licence": "Apache-2.0",
     "base": "none (heads on the embedder's vector)", "format": "onnx-int8", "input": "embedding [batch, 384]",
     "outputs": ["intent", "act", "signals"], "labels": {"intents": INTENTS, "acts": ACTS}, "prompt_format": None},
    {"role": "generator", "name": "answerbox-generator-135m", "file": "generator/answerbox-generator-135m-q4_0.gguf",
     "licence": "Apache-2.0", "base": "HuggingFaceTB/SmolLM2-135M-Instruct", "format": "gguf-q4_0", "context_tokens": 2048,
     "prompt_format": PROMPT},
]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--models", required=True)
    root = Path(a.parse_args().models)
    out = []
    for m in MODELS:
        weights = root / m["file"]
        folder = root / m["file"].split("/")[0]
        side = [{"path": str(p.relative_to(root)), "sha256": sha256(p), "bytes": p.stat().st_size} 
                for p in [*sorted(folder.rglob("*.json")), *(root / x for x in m.get("shares", []))]]
        head = {k: m[k] for k in ("role", "name", "file")}
        out.append({**head, "sha256": sha256(weights), "bytes": weights.stat().st_size, "files": side,
                    **{k: v for k, v in m.items() if k not in head and k != "shares"}})
    write_json(root / "manifest.json", {"schema": 1, "models": out})
    for m in out:
        print(m["role"], m["bytes"], m["sha256"])


if __name__ == "__main__":
    main()
