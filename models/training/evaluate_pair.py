"""How well reader and generator decline together.

    python evaluate_pair.py --model ../reader/onnx/model_quantized.onnx --embedder ../embedder --work WORK [--answers WORK/answers-NAME.jsonl]

Takes the generator's development examples; the reader's highest `answerable`
over the passages decides whether to answer, before the generator does. Prints
the area under the curve, and right and false refusals for several thresholds,
of the reader alone and, with `--answers`, of both.
"""
import argparse
from pathlib import Path

from evaluate_generator import REFUSAL
from evaluate_reader import Onnx
from files import read_lines
from tokens import load_tokenizer
from train_reader import auc, encode_row


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", required=True)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--answers")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    tokenizer, model = load_tokenizer(a.embedder), Onnx(a.model, a.threads)
    rows = list(read_lines(a.answers or Path(a.work) / "generator-dev.jsonl"))
    pairs = [(i, encode_row(tokenizer, {"q": r["question"], "p": p})) for i, r in enumerate(rows) for p in r["passages"]]
    best = [-99.0] * len(rows)
    for (i, _), s in zip(pairs, model([c for _, c in pairs])):
        best[i] = max(best[i], s[1])
    gold = [int(bool(r["gold"])) for r in rows]
    print(len(rows), "examples,", len(rows) - sum(gold), "to decline; AUC", round(auc(best, gold), 3))
    for t in (-3, -2, -1, 0, 1, 2):
        no = [b <= t for b in best]
        line = f"threshold {t:+d}: reader alone declines"
        for label, declined in (("", no), ("; with the generator", [n or REFUSAL in r.get("said", "") for n, r in zip(no, rows)])):
            if label and not a.answers:
                break
            right = sum(d for d, g in zip(declined, gold) if not g) / (len(gold) - sum(gold))
            false = sum(d for d, g in zip(declined, gold) if g) / sum(gold)
            line += f"{label} {right:.3f} of the unanswerable, {false:.3f} of the answerable"
        print(line)


if __name__ == "__main__":
    main()
