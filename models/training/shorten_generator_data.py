"""Short prompts for the last round of the generator, out of WORK/generator-train.jsonl.

    python shorten_generator_data.py --work WORK --out WORK/short

The product hands the generator a few chosen sentences, and the reader has already decided that they hold
an answer. So: the gold passages and at most two others, 130 words in all, few refusals, no reply that
begins with yes or no. Writes OUT/generator-train.jsonl and copies the dev set beside it.
"""
import argparse
import json
import random
import re
import shutil
from pathlib import Path

from files import read_lines

# examples of each kind at most; kinds not named are left out
CAPS = {"shop": 1927, "dstc9": 900, "squad": 900, "faq": 600, "two": 700, "near shop": 420, "deleted": 150, "written": 100, "swapped": 120}
WORDS = 130


def shorten(rng, example):
    """The example with fewer passages, renumbered; None when it does not fit."""
    if example["answer"].lower().startswith(("yes", "no,")):
        return None
    keep = {g - 1 for g in example.get("gold") or []}
    others = [i for i in range(len(example["passages"])) if i not in keep]
    rng.shuffle(others)
    keep |= set(others[:rng.choice([0, 0, 1, 1, 2])]) if keep else set(others[:2])
    order = sorted(keep)
    place = {old + 1: new + 1 for new, old in enumerate(order)}
    marks = [int(m) for m in re.findall(r"\[(\d+)\]", example["answer"])]
    if any(m not in place for m in marks):
        return None
    passages = [example["passages"][i] for i in order]
    if sum(len(p.split()) for p in passages) > WORDS:
        return None
    answer = re.sub(r"\[(\d+)\]", lambda m: f"[{place[int(m[1])]}]", example["answer"])
    return {**example, "passages": passages, "answer": answer, "gold": [place[g] for g in example.get("gold") or []]}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--seed", type=int, default=11)
    a = a.parse_args()
    rng, kinds = random.Random(a.seed), {}
    for example in read_lines(Path(a.work) / "generator-train.jsonl"):
        kinds.setdefault(example["kind"], []).append(example)
    out = []
    for kind, cap in CAPS.items():
        short = [s for s in (shorten(rng, e) for e in kinds.get(kind, [])) if s]
        rng.shuffle(short)
        out += short[:cap]
    rng.shuffle(out)
    Path(a.out).mkdir(parents=True, exist_ok=True)
    (Path(a.out) / "generator-train.jsonl").write_text("".join(json.dumps(e) + "\n" for e in out))
    shutil.copy(Path(a.work) / "generator-dev.jsonl", Path(a.out) / "generator-dev.jsonl")
    print(f"{len(out)} examples")


if __name__ == "__main__":
    main()
