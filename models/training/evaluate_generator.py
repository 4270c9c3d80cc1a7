"""Scores the answers that run_generator.mjs wrote.

    node run_generator.mjs MODEL.gguf WORK/generator-dev.jsonl WORK/answers-NAME.jsonl 160
    python evaluate_generator.py --answers WORK/answers-NAME.jsonl --out WORK/generator-eval-NAME.json
"""
import argparse
import json
import re
from collections import Counter, defaultdict

from files import read_lines, write_json

REFUSAL = "can't find that in our documents"


def sentences(text):
    """[(sentence, passage number or 0)] of an answer `Sentence. [1] Sentence. [2]`."""
    out = []
    for part in re.findall(r"(.+?)(?:\s*\[(\d+)\](?:\s*\.)?|$)", text, flags=re.S):
        if part[0].strip():
            out.append((part[0].strip(), int(part[1] or 0)))
    return out


def plain(text):
    return re.findall(r"\w+", re.sub(r"\[\d+\]", " ", text).lower())


def f1(a, b):
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else 0.0


def score(rows):
    s = Counter()
    for r in rows:
        refuse, said_no = not r["gold"], REFUSAL in r["said"].replace("’", "'")
        if refuse:
            s["refusals"] += 1
            s["refused"] += said_no
            continue
        s["answers"] += 1
        s["false_refusals"] += said_no
        parts = sentences(r["said"])
        cited = [n for _, n in parts]
        s["cited_right"] += not said_no and bool(cited) and set(cited) == set(r["gold"])
        s["f1"] += 0 if said_no else f1(plain(r["said"]), plain(r["answer"]))
        if not said_no:
            texts = [" ".join(plain(p)) for p in r["passages"]]
            for text, n in parts:
                s["sentences"] += 1
                s["verbatim"] += any(" ".join(plain(text)) in t for t in texts)
                s["supported"] += 0 < n <= len(texts) and " ".join(plain(text)) in texts[n - 1]
    d = lambda a, b: round(s[a] / s[b], 3) if s[b] else None
    return {"examples": len(rows), "refusals_wanted": s["refusals"], "refusals_right": d("refused", "refusals"),
            "false_refusals": d("false_refusals", "answers"), "right_citation": d("cited_right", "answers"),
            "token_f1": d("f1", "answers"), "sentences_verbatim": d("verbatim", "sentences"),
            "verbatim_in_cited": d("supported", "sentences")}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--answers", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    rows = list(read_lines(a.answers))
    by = defaultdict(list)
    for r in rows:
        by[r["kind"]].append(r)
    out = {"all": score(rows), "ms_mean": round(sum(r["ms"] for r in rows) / len(rows)),
           "kinds": {k: score(v) for k, v in sorted(by.items())}}
    write_json(a.out, out)
    print(json.dumps(out["all"], indent=1), out["ms_mean"], "ms an answer")
    for k, v in out["kinds"].items():
        print(k, {n: x for n, x in v.items() if x is not None})


if __name__ == "__main__":
    main()
