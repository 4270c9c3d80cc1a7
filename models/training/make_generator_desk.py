"""Prompts for the generator from the hand-written help-desk passages (data/desk), for a last training on customers' words.

    python make_generator_desk.py --embedder ../embedder --work WORK --replay WORK/short --out WORK/desk

A prompt shows the passage that holds the answer among none to three near ones of the same business, each cut to the
sentences around the place; the question is a customer's, two times of three in other words than the page's. One in
seven is declined: the passage was asked for something that it does not say, or is not among the ones shown. Examples
of --replay (short prompts of the first training) are mixed in, so that nothing learnt there is lost.
"""
import argparse
import random
from collections import Counter
from pathlib import Path

from desk import passages
from files import read_lines, write_lines
from make_desk_data import few, neighbours
from make_dev_sets import cut
from make_generator_data import REFUSAL, pack
from text import noisy

WORDS = 120  # of all passages of a prompt: steps are short, and the product shows about as much


def shown(rng, record, sentence, words):
    return cut(rng, record, sentence, rng.randint(words // 2, words))


def question(rng, fact):
    return rng.choice([fact["ask"], *fact["ways"], *fact["ways"]])


def example(rng, record, gold, others, asked, answers, kind):
    """`answers`: the sentences that answer, all of the gold passage; none of it is the refusal."""
    numbered, numbers = pack(rng, gold, others)
    answer = " ".join(f"{a} [{numbers[0]}]" for a in answers) if answers else REFUSAL
    return {"shop": record["business"], "passages": numbered, "question": noisy(rng, asked), "answer": answer,
            "kind": kind, "gold": numbers[:1] if answers else []}


def examples_of(rng, record, group, near):
    out = []
    spoken = [f for f in record["facts"] if "|" not in f["sentence"]]  # a row of a table is no sentence
    for fact in spoken:
        asked = question(rng, fact)
        mates = [group[i] for i in near.get(asked, near[fact["ask"]]) if group[i] is not record][:4]
        others = rng.sample(mates, min(len(mates), rng.choice((0, 1, 1, 2, 2, 3))))
        words = WORDS // (len(others) + 1)
        gold = shown(rng, record, fact["sentence"], max(words, 36))
        out.append(example(rng, record, [gold], [shown(rng, o, None, words) for o in others], asked, [fact["sentence"]], "desk"))
    if len(spoken) > 1 and rng.random() < .25:
        one, two = rng.sample(spoken, 2)
        asked = f"{one['ask'].rstrip('?')} and {two['ask'][0].lower()}{two['ask'][1:]}"
        text = shown(rng, record, one["sentence"], 200)
        if two["sentence"] in text and one["sentence"] != two["sentence"]:
            out.append(example(rng, record, [text], [], asked, [one["sentence"], two["sentence"]], "desk two"))
    if rng.random() < .5:
        asked = rng.choice(record["not_here"])
        mates = [group[i] for i in near.get(asked, near[record["facts"][0]["ask"]]) if group[i] is not record][:2]
        if rng.random() < .5:
            out.append(example(rng, record, [shown(rng, record, None, 50)], [shown(rng, m, None, 40) for m in mates[:1]], asked, None, "desk missed"))
        else:
            asked = question(rng, rng.choice(record["facts"]))
            out.append(example(rng, record, [shown(rng, m, None, 50) for m in mates], [], asked, None, "desk distractors"))
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True, help="folder with generator-dev.jsonl")
    a.add_argument("--replay", help="folder with a generator-train.jsonl to mix in")
    a.add_argument("--replayed", type=int, default=900)
    a.add_argument("--businesses", type=int, help="take only so many (for a trial)")
    a.add_argument("--out", required=True)
    a.add_argument("--seed", type=int, default=31)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    rng, out, folder = random.Random(a.seed), [], Path(a.out)
    for group, near in neighbours(few(passages(False), a.businesses), a.embedder).values():
        for record in group:
            out += examples_of(rng, record, group, near)
    if a.replay:
        old = [e for e in read_lines(Path(a.replay) / "generator-train.jsonl") if e["kind"] in ("squad", "dstc9", "faq", "two", "near shop")]
        out += rng.sample(old, min(len(old), a.replayed))
    rng.shuffle(out)
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / "generator-train.jsonl", out)
    write_lines(folder / "generator-dev.jsonl", read_lines(Path(a.work) / "generator-dev.jsonl"))
    print(len(out), "examples", dict(Counter(e["kind"] for e in out)))


if __name__ == "__main__":
    main()
