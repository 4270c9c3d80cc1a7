"""Reader groups from the hand-written help-desk passages (data/desk).

    python make_desk_data.py --embedder ../embedder --work WORK [--replay 2500]

Rows are those of make_reader_data.py. Every fact gives one group a variant: a
customer's question with its passage, with a near passage of the same business,
a question that the passage does not answer, and a second way of asking. Writes
WORK/desk-train.jsonl (with --replay groups of reader-train.jsonl mixed in) and
WORK/desk-dev.jsonl.
"""
import argparse
import random
from collections import defaultdict
from pathlib import Path

from desk import headed, passages
from files import read_lines, write_lines
from make_reader_data import Nearest, row, spot
from text import noisy


def neighbours(records, embedder):
    """file → {question → indices into the records of that business, nearest first}."""
    by = defaultdict(list)
    for r in records:
        by[r["file"]].append(r)
    out = {}
    for name, group in by.items():
        near = Nearest(embedder, [f"{r['title']} > {r['heading']}: {r['text']}" for r in group])
        asked = [q for r in group for f in r["facts"] for q in [f["ask"], *f["ways"]]] + [q for r in group for q in r["not_here"]]
        out[name] = (group, dict(zip(asked, near(asked, min(9, len(group) - 1)))))
    return out


def gold_text(rng, r, group):
    """The passage, now and then with another one of the business before or behind it."""
    text = headed(rng, r)
    if rng.random() < .25:
        other = rng.choice(group)
        if other is not r and len((r["text"] + other["text"]).split()) < 120:
            text = f"{text}\n{other['text']}" if rng.random() < .5 else f"{r['title']}: {other['text']}\n{r['text']}"
    return text


def groups_of(rng, r, group, near, answered):
    """One group a fact."""
    out, missed = [], list(r["not_here"])
    rng.shuffle(missed)
    for f in r["facts"]:
        asked = [f["ask"], *f["ways"]]
        rng.shuffle(asked)
        gold = gold_text(rng, r, group)
        where = spot(gold, f["sentence"])
        at = f["sentence"].find(f["span"])
        where = [where[0] + at, where[0] + at + len(f["span"])] if where else None
        q = noisy(rng, asked[0])
        wrong = [group[i] for i in near[asked[0]] if group[i] is not r]
        pick = wrong[min(len(wrong) - 1, int(rng.expovariate(.5)))]
        rows = [row(q, gold, 1, 1, 1, where, .6), row(q, headed(rng, pick), 1, 0, 0)]
        if missed:
            rows.append(row(noisy(rng, missed.pop()), gold if gold.endswith(r["text"]) else headed(rng, r), 0, -1, 0))
        else:
            rows.append(row(q, headed(rng, rng.choice([x for x in group if x is not r])), 1, 0, 0))
        again = headed(rng, r)
        s = spot(again, f["sentence"])
        rows.append(row(noisy(rng, asked[1]), again, 0, 1, 1, [s[0] + at, s[0] + at + len(f["span"])], .6))
        out.append({"kind": "desk", "rows": rows})
    if missed and rng.random() < .7:
        q = noisy(rng, missed.pop())
        wrong = [group[i] for i in near.get(q, near[r["facts"][0]["ask"]])[:4] if group[i] is not r]
        rows = [row(q, headed(rng, r), 0, -1, 0), row(q, headed(rng, rng.choice(wrong)), 0, -1, 0)]
        f = rng.choice(r["facts"])
        rows += [row(noisy(rng, rng.choice(f["ways"])), headed(rng, r), 1, 1, 1), row(noisy(rng, rng.choice(answered)), headed(rng, r), 0, 0, 0)]
        out.append({"kind": "desk", "rows": rows})
    return out


def sentence_group(rng, r):
    """Two questions against two sentences of one passage: which of them says it?"""
    if len(r["facts"]) < 2:
        return []
    f, g = rng.sample(r["facts"], 2)
    path = f"{r['title']} > {r['heading']}"
    ask = lambda x: noisy(rng, rng.choice([x["ask"], *x["ways"], *x["ways"]]))
    rows = []
    for mine, other in ((f, g), (g, f)):
        q, at = ask(mine), f"{path}: {mine['sentence']}"
        where = spot(at, mine["span"])
        rows += [row(q, at, 0, 1, 1, where, .3), row(q, f"{path}: {other['sentence']}", 0, -1, 0)]
    return [{"kind": "desk sentence", "rows": rows}]


def few(records, businesses):
    names = sorted({r["file"] for r in records})[:businesses]
    return [r for r in records if r["file"] in names]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--replay", type=int, default=2500, help="groups of reader-train.jsonl to mix in")
    a.add_argument("--businesses", type=int, help="take only so many (for a trial)")
    a.add_argument("--passes", type=int, default=2)
    a.add_argument("--whole", nargs="*", help="businesses of which every passage is taken (default: all of them)")
    a.add_argument("--share", type=float, default=.2, help="with --whole: the share taken of the passages of the others")
    a.add_argument("--seed", type=int, default=4)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    work = Path(a.work)
    for dev in (True, False):
        rng = random.Random(a.seed + dev)
        out = []
        found = neighbours(few(passages(dev), a.businesses), a.embedder)
        for n in range(1 if dev else a.passes):
            for name, (group, near) in found.items():
                far = [q for other, (g, _) in found.items() if other != name for r in g for f in r["facts"] for q in f["ways"]]
                for r in group:
                    if not dev and a.whole and name not in a.whole and rng.random() > a.share:
                        continue
                    out += groups_of(rng, r, group, near, far) + sentence_group(rng, r)
        if not dev and a.replay:
            replay = list(read_lines(work / "reader-train.jsonl"))
            weight = {"squad": 2.2, "shop": .4, "dstc9": .5, "bitext": .3}
            out += sorted(replay, key=lambda g: rng.random() ** (1 / weight.get(g["kind"], 1.0)), reverse=True)[:a.replay]
        rng.shuffle(out)
        write_lines(work / f"desk-{'dev' if dev else 'train'}.jsonl", out)
        print("dev" if dev else "train", len(out), "groups")


if __name__ == "__main__":
    main()
