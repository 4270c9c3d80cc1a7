"""What eight bits, the heading and the length cost the embedder: MRR@10 by cosine on the development questions.

    python evaluate_embedder.py --embedder ../embedder --full WORK/embedder-fp32.onnx --dev dev

All passages of the five businesses lie in one pile; titles, plain questions and those in other words are counted
apart. One text a run, as in the product.
"""
import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from export_embedder import embed, session
from files import read_lines
from tokens import load_tokenizer


def reciprocal(questions, asked, passages, ids):
    """{kind: mean of 1 / place of the right passage, 0 beyond the tenth}."""
    by = defaultdict(list)
    for q, scores in zip(questions, asked @ passages.T):
        place = int((scores > scores[ids[q["doc_id"]]]).sum()) + 1
        by[q["kind"]].append(1 / place if place <= 10 else 0)
        by["all"].append(by[q["kind"]][-1])
    return {k: round(float(np.mean(v)), 4) for k, v in sorted(by.items())}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True)
    a.add_argument("--full", help="full-precision ONNX of the same weights, as export_embedder.py leaves it in WORK")
    a.add_argument("--dev", required=True)
    a.add_argument("--limit", type=int, help="ask only so many questions (for a trial)")
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    tokenizer = load_tokenizer(a.embedder)
    documents = list(read_lines(Path(a.dev) / "retrieval.documents.jsonl"))
    questions = list(read_lines(Path(a.dev) / "retrieval.questions.jsonl"))[:a.limit]
    ids = {d["doc_id"]: n for n, d in enumerate(documents)}
    headed, bare = [f"{d['title']}: {d['text']}" for d in documents], [d["text"] for d in documents]
    asked = [q["q"] for q in questions]
    models = {"int8": session(Path(a.embedder) / "onnx/model_quantized.onnx")}
    if a.full:
        models["full precision"] = session(a.full)
    vectors = {}
    for name, model in models.items():
        q, p = embed(model, tokenizer, asked, 1), embed(model, tokenizer, headed, 1)
        vectors[name] = np.concatenate([q, p])
        print(f"{name}, heading in front, 256 tokens", reciprocal(questions, q, p, ids), flush=True)
    if a.full:
        cosine = (vectors["int8"] * vectors["full precision"]).sum(1)
        print(f"cosine of both, {len(cosine)} texts: mean {cosine.mean():.4f}, least {cosine.min():.4f}")
    q = vectors["int8"][:len(asked)]
    print("int8, no heading, 256 tokens", reciprocal(questions, q, embed(models["int8"], tokenizer, bare, 1), ids))
    for limit in (64, 128, 160):
        print(f"int8, heading in front, {limit} tokens", reciprocal(questions, q, embed(models["int8"], tokenizer, headed, 1, limit), ids), flush=True)


if __name__ == "__main__":
    main()
