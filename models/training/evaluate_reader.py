"""Measures a reader (ONNX) on the development sets.

    python evaluate_reader.py --model ../reader/onnx/model_quantized.onnx --embedder ../embedder --work WORK --name final

Spans (exact match and F1 with the right passage), answerability (area under the
curve, by kind of negative) and reranking of a hybrid's best twenty (MRR@10).
Writes WORK/reader-eval-NAME.json. Documents of these sets never trained.
"""
import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from export_embedder import session
from files import read_lines, write_json
from make_reader_data import Nearest
from text import STOP, overlap
from tokens import load_tokenizer
from train_reader import auc, encode_row

CHANGED = {"clapnq": "unanswerable by the annotators"}


class Onnx:
    def __init__(self, path, threads):
        self.session = session(path, threads)

    def __call__(self, rows, size=8):
        """[(relevance, answerable, start logits, end logits)] of encoded rows."""
        order, out = sorted(range(len(rows)), key=lambda i: len(rows[i][0])), [None] * len(rows)
        for i in range(0, len(order), size):
            part = order[i:i + size]
            n = max(len(rows[j][0]) for j in part)
            pad = lambda x: x + [0] * (n - len(x))
            ids = np.array([pad(rows[j][0]) for j in part], np.int64)
            types = np.array([pad(rows[j][1]) for j in part], np.int64)
            mask = np.array([pad([1] * len(rows[j][0])) for j in part], np.int64)
            got = self.session.run(["relevance", "answerable", "start_logits", "end_logits"],
                                   {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
            for k, j in enumerate(part):
                out[j] = (float(got[0][k]), float(got[1][k]), got[2][k], got[3][k])
        return out


def normal(text):
    return " ".join(w for w in re.sub(r"[^\w\s]", "", text.lower()).split() if w not in ("a", "an", "the"))


def best_span(row, start, end, longest=30):
    first = row[1].index(1)
    last = len(row[0]) - 2
    best, at = -1e9, (first, first)
    for i in range(first, last + 1):
        j = i + int(np.argmax(end[i:min(i + longest, last + 1)]))
        if start[i] + end[j] > best:
            best, at = start[i] + end[j], (i, j)
    return at


def spans(model, tokenizer, groups):
    rows = [g["rows"][0] for g in groups if g["kind"] == "squad" and g["rows"][0]["s"]]
    coded = [encode_row(tokenizer, r) for r in rows]
    keep = [i for i, c in enumerate(coded) if c[2] >= 0]
    exact = total = 0.0
    for i, (_, _, s, e) in zip(keep, model([coded[i] for i in keep])):
        a, b = best_span(coded[i], s, e)
        offsets = tokenizer.encode(rows[i]["p"], add_special_tokens=False).offsets
        first = coded[i][1].index(1)
        said = normal(rows[i]["p"][offsets[a - first][0]:offsets[b - first][1]])
        gold = normal(rows[i]["p"][rows[i]["s"][0]:rows[i]["s"][1]])
        exact += said == gold
        common = sum((Counter(said.split()) & Counter(gold.split())).values())
        total += 2 * common / max(1, len(said.split()) + len(gold.split()))
    return {"questions": len(keep), "exact": round(exact / len(keep), 3), "f1": round(total / len(keep), 3)}


def answerability(model, tokenizer, groups):
    rows = [(g["kind"], r) for g in groups for r in g["rows"] if r["a"] >= 0]
    scores = model([encode_row(tokenizer, r) for _, r in rows])
    sets = defaultdict(lambda: [[], [], []])
    for (kind, r), s in zip(rows, scores):
        if r["a"] == 1:
            names = [f"{kind}, {n}" for n in ("other passage", CHANGED.get(kind, "question changed"), "answer deleted", "all")]
        else:
            what = CHANGED.get(kind, "question changed") if not r["l"] else "answer deleted" if r["r"] == -1 else "other passage"
            names = [f"{kind}, {what}", f"{kind}, all"]
        for n in names:
            sets[n][0].append(s[1])
            sets[n][1].append(r["a"])
            sets[n][2].append(s[0])
    out = {}
    for n, (s, y, rel) in sorted(sets.items()):
        if len(set(y)) == 2:
            held = [x for x, v in zip(s, y) if v]
            out[n] = {"right": sum(y), "wrong": len(y) - sum(y), "auc": round(auc(s, y), 3), "auc_relevance": round(auc(rel, y), 3),
                      "at_zero": {"kept": round(sum(x > 0 for x in held) / len(held), 3),
                                  "declined": round(sum(x <= 0 for x, v in zip(s, y) if not v) / (len(y) - sum(y)), 3)}}
    return out


class BM25:
    def __init__(self, texts):
        self.post, self.length = defaultdict(list), []
        for i, t in enumerate(texts):
            c = Counter(self.terms(t))
            self.length.append(sum(c.values()))
            for w, n in c.items():
                self.post[w].append((i, n))
        self.mean = sum(self.length) / len(texts)

    @staticmethod
    def terms(text):
        return [re.sub(r"(ing|ed|es|s|e)$", "", w) if len(w) > 4 else w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in STOP]

    def __call__(self, q, k=40):
        score = Counter()
        for w in set(self.terms(q)):
            p = self.post.get(w, [])
            idf = math.log(1 + (len(self.length) - len(p) + .5) / (len(p) + .5))
            for i, n in p:
                score[i] += idf * n * 2.2 / (n + 1.2 * (.25 + .75 * self.length[i] / self.mean))
        return [i for i, _ in score.most_common(k)]


def body(p):
    return re.split(r"(?<=[\w?)])[:.] ", p, maxsplit=1)[-1]


def reranking(model, tokenizer, groups, corpus, embedder, per_kind, seed=1):
    rng = random.Random(seed)
    golds = [g["rows"][0] for g in groups if g["kind"] in ("faq", "dstc9", "document", "heading", "shop")]
    texts = list(dict.fromkeys([r["p"] for r in golds] + corpus))
    near, words = Nearest(embedder, texts), BM25(texts)
    out, jobs = {}, []
    for kind in ("faq", "dstc9", "document", "heading"):
        pool = [g["rows"][0] for g in groups if g["kind"] == kind]
        for r in rng.sample(pool, min(per_kind, len(pool))):
            jobs.append((kind, r))
    found = near([r["q"] for _, r in jobs], 40)
    ranks = defaultdict(lambda: defaultdict(list))
    for (kind, r), vector in zip(jobs, found):
        fused = Counter()
        lists = {"bm25": words(r["q"]), "vectors": vector}
        for l in lists.values():
            for place, i in enumerate(l):
                fused[i] += 1 / (60 + place + 1)
        top = [i for i, _ in fused.most_common(20)]
        right = {i for i in set(top) | set(lists["bm25"][:10]) | set(vector[:10])
                 if texts[i] == r["p"] or overlap(body(r["p"]), texts[i]) > .9 or overlap(body(texts[i]), r["p"]) > .9 and len(texts[i].split()) > 8}
        scores = model([encode_row(tokenizer, {"q": r["q"], "p": texts[i]}) for i in top])
        p = {i: 1 / (1 + math.exp(-s[0])) for i, s in zip(top, scores)}
        orders = {"bm25": lists["bm25"], "vectors": vector, "hybrid": top, "reader": sorted(top, key=lambda i: -p[i]),
                  "mixture": sorted(top, key=lambda i: -(p[i] + 20 * fused[i]))}
        for name, order in orders.items():
            ranks[kind][name].append(next((1 / (n + 1) for n, i in enumerate(order[:10]) if i in right), 0.0))
    for kind, by in ranks.items():
        out[kind] = {"questions": len(by["hybrid"]), **{n: round(sum(v) / len(v), 3) for n, v in by.items()}}
    return out


def desk(model, tokenizer, folder):
    """The hand-written development sets: answerability by kind, spans, and the sentence that holds the span."""
    rows = list(read_lines(folder / "answerability.jsonl.gz"))
    scores = [s[1] for s in model([encode_row(tokenizer, r) for r in rows])]
    out = {}
    for kind in sorted({r["kind"] for r in rows} - {"holds"}):
        part = [(s, int(r["answerable"])) for s, r in zip(scores, rows) if r["kind"] in ("holds", kind)]
        wrong = [s for s, y in part if not y]
        out[kind] = {"wrong": len(wrong), "auc": round(auc(*zip(*part)), 3), "declined_at_zero": round(sum(s <= 0 for s in wrong) / len(wrong), 3)}
    held = [s for s, r in zip(scores, rows) if r["answerable"]]
    out["holds"] = {"right": len(held), "kept_at_zero": round(sum(s > 0 for s in held) / len(held), 3)}
    reading = [dict(r, s=[r["p"].find(r["answer"], max(0, r["p"].find(r["sentence"]))), 0]) for r in read_lines(folder / "reading.jsonl.gz")]
    for r in reading:
        r["s"][1] = r["s"][0] + len(r["answer"])
    out["spans"] = spans(model, tokenizer, [{"kind": "squad", "rows": [r]} for r in reading])
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", required=True)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--name", required=True)
    a.add_argument("--dev", help="folder of the hand-written development sets")
    a.add_argument("--per-kind", type=int, default=120)
    a.add_argument("--skip-reranking", action="store_true")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    work = Path(a.work)
    tokenizer, model = load_tokenizer(a.embedder), Onnx(a.model, a.threads)
    groups = list(read_lines(work / "reader-dev.jsonl"))
    out = {"spans": spans(model, tokenizer, groups), "answerability": answerability(model, tokenizer, groups)}
    print(json.dumps(out, indent=1), flush=True)
    if a.dev:
        out["desk"] = desk(model, tokenizer, Path(a.dev))
        print(json.dumps(out["desk"], indent=1), flush=True)
    if not a.skip_reranking:
        corpus = json.loads((work / "reader-dev-corpus.json").read_text())
        out["reranking"] = reranking(model, tokenizer, groups, corpus, a.embedder, a.per_kind)
        print(json.dumps(out["reranking"], indent=1))
    write_json(work / f"reader-eval-{a.name}.json", out)


if __name__ == "__main__":
    main()
