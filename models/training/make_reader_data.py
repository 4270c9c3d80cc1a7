"""Training groups and development sets for the reader.

    python make_reader_data.py --data DATA --embedder ../embedder --work WORK

A group is four rows; a row has q (question), p (passage), l (1: compete for
the first rank within the group), r (relevance 1, 0, or -1 for no target), a
(answerable 1, 0, -1), s (start and end of the answer in p, or null), w (weight
of the span loss). Writes WORK/reader-train.jsonl and WORK/reader-dev.json.
"""
import argparse
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

import shop_facts
from doc_questions import from_heading, from_sentence, sections
from export_embedder import session
from files import read_lines, write_json, write_lines
from make_generator_data import HEADS, key_of
from text import Swapper, is_dev, noisy, overlap, split_sentences
from tokens import load_tokenizer

# documents a source may give (in records); the driver and server manuals are far from a help desk
CAPS = {"windows-driver-docs": 250, "biztalk-docs": 600, "dynamics-ax2012": 700, "python-peps": 250, "iis-docs": 250,
        "dynamics365-smb-devitpro": 500, "sap-btp": 700, "aws-rds": 500, "aws-ec2": 600, "openedx-docs": 350, "sharepoint-docs": 1000}


def row(q, p, l=0, r=-1, a=-1, s=None, w=0.0):
    return {"q": q, "p": p, "l": l, "r": r, "a": a, "s": s, "w": w}


def spot(p, answer):
    i = p.find(answer)
    return [i, i + len(answer)] if i >= 0 else None


def titled(rng, title, text, share=.75):
    """The passage with its title or heading path in front, as the product feeds it."""
    if not title or rng.random() > share:
        return text
    r = rng.random()
    return f"{title}. {text}" if r < .4 else f"{title}: {text}" if r < .8 else f"{rng.choice(HEADS)} > {title}: {text}"


def window(rng, sentences, at, limit):
    """Sentences around `at`, up to `limit` words, not always centred."""
    first = last = at
    n = len(sentences[at].split())
    while True:
        choices = [i for i in (first - 1, last + 1) if 0 <= i < len(sentences)]
        if not choices:
            break
        i = rng.choice(choices)
        k = len(sentences[i].split())
        if n + k > limit:
            break
        n, first, last = n + k, min(first, i), max(last, i)
    return sentences[first:last + 1]


def size(rng):
    return rng.choice((30, 45, 70, 70, 90, 90, 120, 160))


class Nearest:
    """The texts of a corpus nearest to a question by the embedder."""

    def __init__(self, folder, texts):
        self.session, self.tokenizer, self.texts = session(Path(folder) / "onnx/model_quantized.onnx"), load_tokenizer(folder), texts
        self.vectors = self.embed([t[:450] for t in texts])

    def embed(self, texts):
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros((len(texts), 384), np.float32)
        for i in range(0, len(order), 16):
            part = order[i:i + 16]
            rows = [e.ids[:96] for e in self.tokenizer.encode_batch([texts[j] for j in part])]
            n = max(map(len, rows))
            ids = np.array([r + [0] * (n - len(r)) for r in rows], np.int64)
            mask = (np.arange(n)[None] < np.array([len(r) for r in rows])[:, None]).astype(np.int64)
            out[part] = self.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0})[0]
        return out

    def __call__(self, questions, k=25):
        q, out = self.embed(questions), []
        for i in range(0, len(q), 256):
            s = q[i:i + 256] @ self.vectors.T
            best = np.argpartition(-s, k, axis=1)[:, :k]
            out += [[int(j) for j in b[np.argsort(-s[n, b])]] for n, b in enumerate(best)]
        return out


class Maker:
    def __init__(self, records, prose, rng):
        self.rng, self.records = rng, records
        self.src, self.title = defaultdict(list), defaultdict(list)
        for r in records:
            self.src[r["src"].split(":")[0]].append(r)
            if r["type"] != "unanswerable":
                self.title[(r["src"], key_of(r))].append(r)
        self.hard = {(r["q"], key_of(r)): r for r in self.src["squad1.1-derived-unanswerable"]}
        self.swap = Swapper([(key_of(r), r["q"]) for r in self.src["squad1.1"]])
        self.docs = []
        for d in prose:
            parts = sections(d)
            self.docs += [(d, h, s, parts) for h, s in parts]

    def squad(self, r):
        rng, s = self.rng, split_sentences(r["p"])
        at = next((i for i, x in enumerate(s) if r["a"] in x), None)
        if at is None:
            return None
        limit, title = size(rng), r.get("title", "")
        gold = titled(rng, title, " ".join(window(rng, s, at, limit)), .5)
        q = noisy(rng, r["q"])
        out = [row(q, gold, 1, 1, 1, spot(gold, r["a"]), 1.0)]
        left = [x for x in s if r["a"].lower() not in x.lower()]
        if left and rng.random() < .55:
            out.append(row(q, titled(rng, title, " ".join(window(rng, left, min(at, len(left) - 1), limit)), .5), 1, -1, 0))
        hard = self.hard.get((r["q"], key_of(r)))
        mates = [hard] * bool(hard) + rng.sample(self.title[(r["src"], key_of(r))], min(3, len(self.title[(r["src"], key_of(r))])))
        for m in mates:
            if len(out) < 3 and m["p"] != r["p"] and r["a"].lower() not in m["p"].lower():
                t = split_sentences(m["p"])
                best = max(range(len(t)), key=lambda i: overlap(r["q"], t[i]))
                out.append(row(q, titled(rng, title, " ".join(window(rng, t, best, limit)), .5), 1, 0, 0))
        if rng.random() < .75:
            changed = self.swap(rng, key_of(r), r["q"], r["p"])
            if changed:
                out.append(row(noisy(rng, changed), gold, 0, -1, 0))
        while len(out) < 4:
            m = rng.choice(self.src["squad1.1"])
            if m["p"] == r["p"]:
                continue
            out.append(row(q, titled(rng, m.get("title", ""), " ".join(split_sentences(m["p"])[:4]), .5), 1, 0, 0))
        return out[:4]

    def dstc9(self, r):
        rng, title = self.rng, r.get("title", "")
        same = [x for x in self.title[(r["src"], key_of(r))] if overlap(r["q"], x["q"] + " " + x["p"]) < .45 and x["p"] != r["p"]]
        rng.shuffle(same)
        other = [x for x in rng.sample(self.src["dstc9-faq"], 12) if key_of(x) != key_of(r)]
        tidy = lambda x: x["p"].strip()[0].upper() + x["p"].strip()[1:] + ("" if x["p"].strip()[-1] in ".!?" else ".")
        n = rng.choice((0, 0, 1, 2, 3))
        body = tidy(r)
        gold = [body] + [tidy(x) for x in same[:n]]
        rng.shuffle(gold)
        gold = titled(rng, title, " ".join(gold), .9)
        q = noisy(rng, r["q"])
        out = [row(q, gold, 1, 1, 1, spot(gold, body), .5)]
        rest = same[n:]
        for i in range(2):
            part = [tidy(x) for x in rest[i * 2:i * 2 + rng.choice((1, 2))]]
            if part:
                out.append(row(q, titled(rng, title, " ".join(part), .9), 1, 0, 0))
        named = title and title in r["q"]
        if named and other and rng.random() < .5:
            o = other[0]
            wrong = r["q"].replace(title, o.get("title", "") or "the station")
            out.append(row(noisy(rng, wrong), f"{title}: " + gold.split(": ", 1)[-1], 0, 0, 0))
        if len(out) < 4 and rest:
            out.append(row(noisy(rng, rng.choice(rest)["q"]), gold, 0, -1, 0))
        while len(out) < 4:
            o = rng.choice(other)
            out.append(row(q, titled(rng, o.get("title", ""), tidy(o), 1), 1, 0 if named else -1, 0 if named else -1))
        return out[:4]

    def shop(self, dev):
        rng = self.rng
        c = shop_facts.make_case(rng, dev)
        mates = [m for m in c["mates"] if not shop_facts.conflicts(c, m[2])]
        gold = [c["sentence"]] + [m[1] for m in mates[:rng.choice((0, 0, 1, 2))]]
        rng.shuffle(gold)
        gold = (f"{c['heading']}: " if rng.random() < .9 else "") + " ".join(gold)
        q = noisy(rng, c["answered"])
        out = [row(q, gold, 1, 1, 1, spot(gold, c["sentence"]), .5), row(noisy(rng, c["missed"]), gold, 0, -1, 0)]
        wrong = [m for m in c["mates"] if m[1] not in gold] + c["others"]
        out.append(row(q, f"{wrong[0][0]}: {wrong[0][1]}", 1, 0, 0))
        if rng.random() < .5:
            c2 = dict(c, missed=shop_facts.Filler(rng)(rng.choice(shop_facts.FACTS[c["fact"]][4])))
            o = rng.choice(c["others"])
            out.append(row(noisy(rng, c["missed"]), f"{o[0]}: {o[1]}", 0, 0, 0) if not shop_facts.conflicts(c2, o[2]) else row(q, f"{o[0]}: {o[1]}", 1, 0, 0))
        else:
            m = rng.choice(wrong[1:])
            out.append(row(q, f"{m[0]}: {m[1]} " + rng.choice(c["others"])[1], 1, 0, 0))
        return out

    def document(self, item):
        """A documentation chunk with a question made from one of its sentences."""
        rng, (d, h, s, parts) = self.rng, item
        order = list(range(len(s)))
        rng.shuffle(order)
        made = next(((i, q) for i in order if (q := from_sentence(rng, s[i]))), None)
        if not made:
            return None
        i, q = made
        path = d.get("title", "") + (f" > {h}" if h and rng.random() < .7 else "")
        q = noisy(rng, q)
        gold = titled(rng, path, " ".join(s), .85)
        out = [row(q, gold, 1, 1, 1, spot(gold, s[i]), .5)]
        left = s[:i] + s[i + 1:]
        if len(" ".join(left).split()) > 15:
            out.append(row(q, titled(rng, path, " ".join(left), .85), 1, -1, 0))
        others = [(b, t) for b, t in parts if t is not s and s[i] not in t]
        if others:
            b, t = rng.choice(others)
            out.append(row(q, titled(rng, d.get("title", "") + (f" > {b}" if b else ""), " ".join(t), .85), 1, 0, 0))
        return out  # filled up with near documents

    def heading(self, item):
        rng, (d, h, s, parts) = self.rng, item
        q = from_heading(rng, h or d.get("title", "")) if (h or s is parts[0][1]) else None
        if not q:
            return None
        path = d.get("title", "") if h else ""
        gold = titled(rng, path, " ".join(s), .8)
        q = noisy(rng, q)
        out = [row(q, gold, 1, 1, -1)]
        others = [(b, t) for b, t in parts if b != h]
        rng.shuffle(others)
        for b, t in others[:2]:
            out.append(row(q, titled(rng, path or d.get("title", ""), " ".join(t), .8), 1, 0, 0 if h else -1))
        return out

    def faq(self, r):
        rng, s = self.rng, split_sentences(r["p"])
        gold, n = [], size(rng) + 40
        for x in s:
            if gold and len(" ".join(gold + [x]).split()) > n:
                break
            gold.append(x)
        title = r.get("title", "")
        gold = titled(rng, "" if title == r["q"] else title, " ".join(gold), .75)
        q = noisy(rng, r["q"])
        out = [row(q, gold, 1, 1, 1, spot(gold, s[0]) if len(s[0].split()) > 3 else None, .4)]
        for m in rng.sample(self.title[(r["src"], key_of(r))], min(4, len(self.title[(r["src"], key_of(r))]))):
            if len(out) < 3 and m["q"] != r["q"] and m["p"] != r["p"] and overlap(r["q"], m["q"]) < .75:
                out.append(row(q, titled(rng, title if title != m["q"] else "", " ".join(split_sentences(m["p"])[:5]), .75), 1, 0, 0))
        return out

    def clapnq(self, r):
        rng, s = self.rng, split_sentences(r["p"])
        at = max(range(len(s)), key=lambda i: overlap(r["a"] or r["q"], s[i]))
        p = titled(rng, r.get("title", ""), " ".join(window(rng, s, at, 150)), .8)
        a = int(r["type"] != "unanswerable")
        return [row(noisy(rng, r["q"]), p, a, a or -1, a)]

    def bitext(self, item, pool):
        rng, (q, answer, intent) = self.rng, item
        out = [row(q, answer, 1, 1, -1)]
        while len(out) < 4:
            _, p, other = rng.choice(pool)
            if other != intent and other.split("_")[-1] != intent.split("_")[-1]:
                out.append(row(q, p, 1, 0, -1))
        return out


def bitext_pairs(data, dev):
    fill = {"Order Number": "73220", "Website Name": "our website", "Customer Support Phone Number": "our phone number",
            "Live Chat": "live chat", "Customer Support Hours": "9 am to 6 pm", "Website URL": "our website"}
    out = []
    for d in read_lines(Path(data) / "dialogues.train.jsonl.xz"):
        if d["src"] == "bitext" and is_dev(d["intent"] + d["turns"][0]["text"]) == dev:
            q, p = (re.sub(r"\{\{(.*?)\}\}", lambda m: fill.get(m[1], m[1].lower()), t["text"]) for t in d["turns"][:2])
            out.append((q, " ".join(p.split()[:110]), d["intent"]))
    return out


def fill_up(groups, near, rng):
    """Fills groups of fewer than four rows with near passages that are probably wrong."""
    short = [g for g in groups if len(g) < 4]
    for g, best in zip(short, near([g[0]["q"] for g in short])):
        gold = g[0]["p"]
        mark = gold[g[0]["s"][0]:g[0]["s"][1]] if g[0]["s"] else ""
        body = {x.lower() for x in split_sentences(gold.split(": ", 1)[-1])}
        usable = [near.texts[j] for j in best[2:]]
        usable = [t for t in usable if (not mark or mark not in t) and not body & {x.lower() for x in split_sentences(t.split(": ", 1)[-1])}
                  and overlap(gold, t) < .6]
        pick = usable[:3] if rng.random() < .4 else rng.sample(usable, min(4, len(usable)))
        for t in pick[:4 - len(g)]:
            g.append(row(g[0]["q"], t, 1, 0, 0))
        while len(g) < 4:
            g.append(row(g[0]["q"], rng.choice(near.texts), 1, 0, 0))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", required=True)
    a.add_argument("--embedder", required=True, help="folder of the exported embedder, for near passages")
    a.add_argument("--work", required=True)
    a.add_argument("--scale", type=float, default=1.0, help="multiplies the number of groups")
    a.add_argument("--part", choices=["dev", "train", "both"], default="both")
    a.add_argument("--seed", type=int, default=3)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    data, work = Path(a.data), Path(a.work)
    records = list(read_lines(data / "qa.train.jsonl.xz"))
    seen, prose = Counter(), []
    for name in ("prose-00", "prose-01"):
        docs = list(read_lines(data / f"{name}.jsonl.xz"))
        random.Random(a.seed).shuffle(docs)
        for d in docs:
            if is_dev(d.get("title", "")) or seen[d["src"]] < CAPS.get(d["src"], 1500):
                seen[d["src"]] += 1
                prose.append(d)
    for dev in [d for d in (True, False) if a.part in ("both", "dev" if d else "train")]:
        rng = random.Random(a.seed + dev)
        m = Maker([r for r in records if is_dev(key_of(r)) == dev], [d for d in prose if is_dev(d.get("title", "")) == dev], rng)
        pairs = bitext_pairs(data, dev)
        k = (0.05 if dev else 1.0) * a.scale
        plan = [("squad", m.squad, m.src["squad1.1"], 7000 * k), ("dstc9", m.dstc9, m.src["dstc9-faq"], 4000 * k),
                ("shop", m.shop, [dev], 4500 * k), ("document", m.document, m.docs, 7000 * k), ("heading", m.heading, m.docs, 2500 * k),
                ("faq", m.faq, m.src["faq-heading"], 3500 * k if not dev else 250), ("faq", m.faq, m.src["medquad"], 1500 * k),
                ("faq", m.faq, m.src["covid-faq-us-gov"] + m.src["nlu-eval-askubuntu"] + m.src["nlu-eval-webapplications"], 500 * k),
                ("clapnq", m.clapnq, m.src["clapnq-dev"], 560 * k if not dev else 40), ("bitext", lambda x: m.bitext(x, pairs), pairs, 1200 * k)]
        groups, kinds = [], []
        for kind, make, pool, want in plan:
            made = 0
            for item in (rng.choice(pool) for _ in range(int(want * 6))):
                if made >= want:
                    break
                g = make(item)
                if g:
                    groups.append(g)
                    kinds.append(kind)
                    made += 1
            print("dev" if dev else "train", kind, made, flush=True)
        corpus = [titled(rng, d.get("title", "") + (f" > {h}" if h else ""), " ".join(s), .85) for d, h, s, _ in rng.sample(m.docs, min(3000 if dev else 9000, len(m.docs)))]
        corpus += [titled(rng, r.get("title", ""), " ".join(r["p"].split()[:110]), .8)
                   for s in ("faq-heading", "covid-faq-us-gov", "nlu-eval-askubuntu", "clapnq-dev") for r in m.src[s]]
        corpus += [titled(rng, r.get("title", ""), " ".join(r["p"].split()[:110]), .8) for r in rng.sample(m.src["medquad"], min(2500, len(m.src["medquad"])))]
        if not dev and a.scale < 1:  # fewer questions need fewer passages to be mistaken for theirs
            corpus = rng.sample(corpus, int(len(corpus) * a.scale))
        print(len(corpus), "passages for near misses", flush=True)
        fill_up(groups, Nearest(a.embedder, corpus), rng)
        both = [{"kind": k, "rows": g} for k, g in zip(kinds, groups)]
        rng.shuffle(both)
        write_lines(work / f"reader-{'dev' if dev else 'train'}.jsonl", both)
        if dev:
            write_json(work / "reader-dev-corpus.json", corpus)


if __name__ == "__main__":
    main()
