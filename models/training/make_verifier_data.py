"""Pairs for the verifier: is this statement held by this evidence?

    python make_verifier_data.py --work WORK

From the hand-written passages (data/desk: answers in other words against wrong
ones) and from the passages and questions of reader-train.jsonl. A pair has q (statement), p
(evidence), y (1 held, 0 not), kind. Writes WORK/verifier-train.jsonl and -dev.jsonl.
"""
import argparse
import random
from collections import Counter
from pathlib import Path

from desk import headed, passages
from false_statements import names_of, near_misses
from files import read_lines, write_lines
from text import split_sentences


def pair(kind, y, q, p):
    return {"kind": kind, "y": y, "q": q, "p": p}


def with_other(rng, text, group, r):
    """Evidence is often more than one passage."""
    if rng.random() > .3:
        return text
    other = rng.choice(group)
    if other is r or len((text + other["text"]).split()) > 150:
        return text
    return f"{text}\n{other['text']}" if rng.random() < .5 else f"{other['text']}\n{text}"


def rarest(rng, made):
    """Shuffled; a condition can be added to anything, so it comes last and not always."""
    rng.shuffle(made)
    return [m for m in made if m[0] != "condition added"] + [m for m in made if m[0] == "condition added" and rng.random() < .35]


def of_passage(rng, r, group, names, side):
    out = []
    evidence = lambda: with_other(rng, headed(rng, r), group, r)
    facts = r["facts"]
    for f in facts:
        out.append(pair("in other words", 1, f["say"], evidence()))
        out.append(pair("wrong, written by hand", 0, f["wrong"], headed(rng, r)))
        if len(f["sentence"].split()) > 4:
            out.append(pair("verbatim", 1, f["sentence"], evidence()))
        e = headed(rng, r)
        said = rng.choice((f["say"], f["say"], f["sentence"]))
        made = near_misses(rng, said, e, side, names)
        out += [pair(kind, 0, q, e) for kind, q in (made if side == "dev" else rarest(rng, made)[:3])]
    a, b = rng.sample(facts, 2) if len(facts) > 1 else (facts[0], facts[0])
    if a is not b:
        out.append(pair("joined", 1, f"{a['say']} {b['say']}", evidence()))
        for x, y in [(a, b)] if side == "dev" else [(a, b), (b, a)]:
            out.append(pair("half supported", 0, f"{x['say']} {y['wrong']}" if rng.random() < .5 else f"{y['wrong']} {x['say']}", headed(rng, r)))
    other = rng.choice([x for x in group if x is not r])
    out.append(pair("answer to another question", 0, rng.choice(other["facts"])["say"], headed(rng, r)))
    if rng.random() < .5 and len((r["text"] + other["text"]).split()) < 150:
        both = f"{r['text']}\n{other['text']}"
        out.append(pair("joined from two passages", 1, f"{a['say']} {rng.choice(other['facts'])['say']}", both))
    return out


def of_document(rng, rows, side):
    """Verbatim sentences and their near misses from other collections."""
    gold = next((r for r in rows if r["r"] == 1), None)
    if not gold:
        return []
    body = gold["p"].split(": ", 1)[-1]
    sentences = [s for s in split_sentences(body) if 5 < len(s.split()) < 45 and s[-1] in ".!"]
    if not sentences:
        return []
    s = rng.choice(sentences)
    out = [pair("verbatim", 1, s, gold["p"])] if rng.random() < .5 else []
    made = near_misses(rng, s, gold["p"], side, names_of([r["p"] for r in rows if r is not gold]))
    out += [pair(kind, 0, q, gold["p"]) for kind, q in rarest(rng, made)[:1]]
    wrong = next((r for r in rows if r["r"] == 0 and s not in r["p"]), None)
    if wrong and rng.random() < .3:
        out.append(pair("answer to another question", 0, s, wrong["p"]))
    return out


def said(question, answer):
    """A question and its answer, read as one statement."""
    return f"{question.rstrip(' ?')}? {answer[0].upper()}{answer[1:].rstrip('.')}."


def of_question(rng, rows):
    """Question and answer as a statement: held by the passage that answers; other questions with it are not."""
    gold = next((r for r in rows if r["a"] == 1 and r["s"]), None)
    if not gold:
        return []
    answer = gold["p"][gold["s"][0]:gold["s"][1]]
    out = [pair("question and answer", 1, said(gold["q"], answer), gold["p"])]
    wrong = [r for r in rows if r["a"] == 0 and (r["q"] != gold["q"] or answer not in r["p"])]
    if wrong:
        r = rng.choice(wrong)
        out.append(pair("question and answer", 0, said(r["q"], answer), r["p"]))
    made = near_misses(rng, said(gold["q"], answer), gold["p"], "train", names_of([r["p"] for r in rows if r is not gold]))
    out += [pair(kind, 0, q, gold["p"]) for kind, q in rarest(rng, made)[:1] if kind not in ("condition added", "condition dropped")]
    return out


def asked_of_passage(rng, r):
    """As of_question, of a hand-written passage: customers' words, and the answers of its other questions."""
    out = []
    for n, f in enumerate(r["facts"]):
        q = rng.choice([f["ask"], *f["ways"]])
        out.append(pair("question and answer", 1, said(q, f["span"]), headed(rng, r)))
        other = r["facts"][n - 1]
        if other is not f:
            out.append(pair("question and answer", 0, said(q, other["span"]), headed(rng, r)))
    out.append(pair("question and answer", 0, said(rng.choice(r["not_here"]), rng.choice(r["facts"])["span"]), headed(rng, r)))
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--work", required=True)
    a.add_argument("--documents", type=int, default=2500, help="groups of reader-train.jsonl to take sentences from")
    a.add_argument("--questions", type=int, default=1500, help="of these groups, question and answer as one statement")
    a.add_argument("--passes", type=int, default=1, help="over the hand-written passages")
    a.add_argument("--seed", type=int, default=5)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    work = Path(a.work)
    for side in ("dev", "train"):
        rng = random.Random(a.seed + (side == "dev"))
        records, out = passages(side == "dev"), []
        for name in sorted({r["file"] for r in records}):
            group = [r for r in records if r["file"] == name]
            names = names_of([r["text"] for r in group])
            for r in group:
                for _ in range(a.passes if side == "train" else 1):
                    out += of_passage(rng, r, group, names, side)
                if side == "train":
                    out += asked_of_passage(rng, r)
        if side == "train" and a.documents:
            groups = [g for g in read_lines(work / "reader-train.jsonl") if g["kind"] not in ("bitext", "shop")]
            for g in rng.sample(groups, min(a.documents, len(groups))):
                out += of_document(rng, g["rows"], side)
            spans = [g for g in groups if g["kind"] in ("squad", "clapnq", "faq", "dstc9")]
            for g in rng.sample(spans, min(a.questions, len(spans))):
                out += of_question(rng, g["rows"])
        rng.shuffle(out)
        write_lines(work / f"verifier-{side}.jsonl", out)
        print(side, len(out), dict(Counter((p["kind"], p["y"]) for p in out)))


if __name__ == "__main__":
    main()
