"""Development sets from the businesses of data/desk that never train (desk.DEV).

    python make_dev_sets.py --embedder ../embedder --out dev

Writes into dev/: retrieval.documents.jsonl and retrieval.questions.jsonl (for
`answerbox eval retrieval`), calibration.questions.jsonl (for `answerbox eval fit`
and `eval answers` on the same documents), reading.jsonl (question, passage, span, sentence),
answerability.jsonl (question, passage, holds or not, why not), answers.jsonl
(prompts for the generator: the passage and three distractors, or distractors alone)
and grounding.jsonl (statement, evidence, held or not, kind of error), all with fixed
seeds. The hand-labelled sentences (grounding-real.jsonl) and the intents have makers
of their own.
"""
import argparse
import random
from collections import Counter
from pathlib import Path

from desk import passages
from files import read_lines, write_lines
from make_desk_data import neighbours
from text import split_sentences

# asked of every business in the same words: no question says which business it means
COMMON = ("contact", "hours", "payment", "opening", "privacy", "about", "complaint")


def path_of(r):
    return f"{r['title']} > {r['heading']}"


def retrieval(records):
    documents = [{"doc_id": r["id"], "title": path_of(r), "text": r["text"]} for r in records]
    questions = []
    for r in records:
        if any(w in path_of(r).lower() for w in COMMON):
            continue
        for f in r["facts"]:
            questions.append({"q": f["ask"], "doc_id": r["id"], "answers": [f["span"]], "kind": "plain"})
            questions += [{"q": q, "doc_id": r["id"], "answers": [f["span"]], "kind": "paraphrase"} for q in f["ways"][:1]]
        questions.append({"q": r["heading"], "doc_id": r["id"], "answers": [], "kind": "title"})
    return documents, questions


def calibration(rng, records):
    """Questions that a passage answers and questions that sound as if it did, about as many of each."""
    out = []
    for r in records:
        for f in r["facts"]:
            q = rng.choice([f["ask"], *f["ways"], *f["ways"]])
            out.append({"q": q, "doc_id": r["id"], "answers": [f["span"]], "answerable": True, "kind": "plain" if q == f["ask"] else "paraphrase"})
        out += [{"q": q, "doc_id": r["id"], "answers": [], "answerable": False, "kind": "unanswerable"} for q in rng.sample(r["not_here"], 2)]
    rng.shuffle(out)
    return out


def answers(rng, records, embedder, held, missing):
    out = []
    for group, near in neighbours(records, embedder).values():
        for r in group:
            for f in r["facts"]:
                q = rng.choice(f["ways"] + [f["ask"]])
                others = [group[i] for i in near.get(q, near[f["ask"]]) if group[i] is not r][:4]
                out.append((r, f, q, rng.sample(others, 3)))
    rng.shuffle(out)
    shown = []
    for n, (r, f, q, others) in enumerate(out[:held + missing]):
        golden = n < held
        texts = [(cut(rng, r, f["sentence"]), golden)] if golden else []
        texts += [(cut(rng, o, None), False) for o in others]
        rng.shuffle(texts)
        number = next((i + 1 for i, (_, gold) in enumerate(texts) if gold), 0)
        shown.append({"shop": r["business"], "passages": [t for t, _ in texts], "question": q,
                      "answer": f"{f['sentence']} [{number}]" if golden else "I can't find that in our documents.",
                      "gold": [number] if golden else [], "kind": "gold and three distractors" if golden else "distractors alone"})
    return shown


def cut(rng, r, sentence, limit=60):
    """Heading path and some sentences, as the product shows a passage to the generator."""
    s = split_sentences(r["text"])
    at = next((i for i, x in enumerate(s) if sentence and (sentence in x or x in sentence)), rng.randrange(len(s)))
    first = last = at
    while True:
        grow = [i for i in (first - 1, last + 1) if 0 <= i < len(s) and len(" ".join(s[min(i, first):max(i, last) + 1]).split()) <= limit]
        if not grow:
            return f"{path_of(r)}: " + " ".join(s[first:last + 1])
        i = rng.choice(grow)
        first, last = min(first, i), max(last, i)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True, help="for near passages")
    a.add_argument("--work", required=True, help="folder with desk-dev.jsonl and verifier-dev.jsonl")
    a.add_argument("--out", required=True)
    a.add_argument("--seed", type=int, default=8)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    rng, out, work = random.Random(a.seed), Path(a.out), Path(a.work)
    records = passages(True)
    documents, questions = retrieval(records)
    write_lines(out / "retrieval.documents.jsonl", documents)
    write_lines(out / "retrieval.questions.jsonl", questions)
    write_lines(out / "calibration.questions.jsonl", calibration(random.Random(a.seed), records))
    write_lines(out / "reading.jsonl.gz", [{"q": q, "p": f"{path_of(r)}: {r['text']}", "answer": f["span"], "sentence": f["sentence"]}
                                        for r in records for f in r["facts"] for q in [f["ask"], *f["ways"][:1]]])
    write_lines(out / "answers.jsonl.gz", answers(rng, records, a.embedder, 150, 70))
    groups = list(read_lines(work / "desk-dev.jsonl"))
    why = lambda g, x: "holds" if x["a"] == 1 else "other sentence" if g["kind"] == "desk sentence" else "other passage" if x["r"] == 0 else "same passage, other question"
    rows = [{"q": x["q"], "p": x["p"], "answerable": x["a"] == 1, "kind": why(g, x)} for g in groups for x in g["rows"] if x["a"] >= 0]
    write_lines(out / "answerability.jsonl.gz", rows)
    pairs = [{"statement": p["q"], "evidence": p["p"], "held": bool(p["y"]), "kind": p["kind"]} for p in read_lines(work / "verifier-dev.jsonl")]
    write_lines(out / "grounding.jsonl.gz", pairs)
    print(len(documents), "documents,", Counter(q["kind"] for q in questions), Counter(r["kind"] for r in rows), len(pairs), "grounding pairs")


if __name__ == "__main__":
    main()
