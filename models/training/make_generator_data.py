"""Training and development examples for the generator.

    python make_generator_data.py --data DATA --work WORK

Writes WORK/generator-train.jsonl and WORK/generator-dev.jsonl. A record has
shop, passages (as the product shows them: `Heading > Sub: sentences`),
question, answer (`Sentence. [n] Sentence. [n]`, or the refusal), kind.
Development documents (by title; for made-up facts by fact) never train.
"""
import argparse
import random
import re
from collections import defaultdict
from pathlib import Path

import shop_facts
from files import read_lines, write_lines
from text import PRONOUNS, Swapper, content, is_dev, noisy, overlap, split_sentences

REFUSAL = "I can't find that in our documents."
SHOPS = """Bergblick Shoes|Nordlys Outdoor|Hotel Linde|Cycle & Co|Green Leaf Garden Centre|Alpine Sports|Blue Door Books|Marlow Furniture
Kaffeehaus Roasters|Pixel Electronics|Sunrise Travel|City Library|Harbour Clinic|Oak Street Bank|BrightBox Cloud|Northwind Traders
Riverside Apartments|Fresh Basket|Tailor & Thread|Volt Energy|Clearview Optics|Happy Paws|Metro Transit|Silverline Insurance
Maple Dental|Summit Gear|Lumen Lighting|Home & Hearth|Stadtwerke Nord|Open Campus|Parcel Post|Bakery Korn|Toyland|Rent-a-Van
the company|our shop|Acme|Fjord Boats|Vista Software|Studio Nine""".replace("\n", "|").split("|")
HEADS = ["Help", "FAQ", "Guide", "About", "Support", "Customer service", "Information", "Handbook", "Docs", "Policies"]


def key_of(r):
    return r.get("title") or r["p"][:60]


def head(rng, title):
    r = rng.random()
    if not title or r < 0.2:
        return rng.choice(HEADS) + ": " if r < 0.08 else ""
    if r < 0.55:
        return f"{title}: "
    return f"{rng.choice(HEADS)} > {title}: "


def cut(rng, sentences, at, low=1, high=3, limit=60):
    """A run of `low` to `high` sentences that holds sentence `at`, within `limit` words."""
    n = rng.randint(low, high)
    first = max(0, min(at - rng.randint(0, n - 1), len(sentences) - n))
    run = sentences[first:first + n]
    while len(run) > 1 and len(" ".join(run).split()) > limit:
        run = run[1:] if run[0] != sentences[at] else run[:-1]
    return run


def good(sentence):
    w = sentence.split()
    return 4 <= len(w) <= 45 and sentence[0].isupper() and sentence[-1] in ".!?" and "|" not in sentence


def cite(sentences, n):
    return " ".join(f"{s} [{n}]" for s in sentences)


def pack(rng, gold, others, limit=4):
    """Shuffles passages; returns (passages, numbers of the gold ones)."""
    others = others[:max(0, limit - len(gold))]
    both = [(p, i) for i, p in enumerate(gold)] + [(p, -1) for p in others]
    rng.shuffle(both)
    return [p for p, _ in both], [next(k + 1 for k, (_, i) in enumerate(both) if i == g) for g in range(len(gold))]


class Maker:
    def __init__(self, records, rng):
        self.rng = rng
        self.groups = defaultdict(list)
        for r in records:
            self.groups[r["src"].split(":")[0]].append(r)
        self.by_title = defaultdict(list)
        for r in records:
            if r["type"] != "unanswerable":
                self.by_title[(r["src"], key_of(r))].append(r)
        self.swap = {s: Swapper([(key_of(r), r["q"]) for r in rs]) for s, rs in self.groups.items()}
        self.docs = [r for r in records if r["src"].startswith(("faq-heading", "covid-faq"))]

    def passage(self, r, hold=None):
        """A short passage of a record, around `hold` when it is a sentence of it."""
        s = [x for x in split_sentences(r["p"]) if len(x.split()) < 60] or [r["p"][:300]]
        at = s.index(hold) if hold in s else self.rng.randrange(len(s))
        run = cut(self.rng, s, at)
        return head(self.rng, r.get("title", "")) + " ".join(run), run

    def distractors(self, r, n, avoid):
        """Passages of the same title first, then of the same source; without the avoided text."""
        same = [x for x in self.by_title[(r["src"], key_of(r))] if x["p"] != r["p"] and x["q"] != r["q"]]
        other = self.groups[r["src"].split(":")[0]]
        out = []
        for _ in range(n * 4):
            if len(out) == n:
                break
            x = self.rng.choice(same) if same and self.rng.random() < .7 else self.rng.choice(other)
            p, _ = self.passage(x)
            if avoid and avoid.lower() in p.lower() or x["p"] == r["p"] or overlap(r["q"], p) > .8 and x["type"] == "faq":
                continue
            out.append(p)
        return out

    def example(self, kind, gold, others, question, answers, limit=4):
        """`answers` lists the sentences of each gold passage; none means the refusal."""
        passages, numbers = pack(self.rng, gold, others, limit)
        if answers:
            answer = " ".join(cite(a, n) for a, n in zip(answers, numbers))
        else:
            answer = REFUSAL
        return {"shop": self.rng.choice(SHOPS), "passages": passages, "question": noisy(self.rng, question),
                "answer": answer, "kind": kind, "gold": numbers if answers else []}

    # Answered from an encyclopaedic passage: the sentence with the answer, verbatim.
    def squad(self, r):
        s = split_sentences(r["p"])
        hold = [x for x in s if r["a"] in x and good(x)]
        if not hold or hold[0].split()[0].lower().strip(",") in PRONOUNS:
            return None
        p, _ = self.passage(r, hold[0])
        if self.rng.random() < .35:
            return self.no_answer(r, hold[0])
        return self.example("squad", [p], self.distractors(r, self.rng.randint(0, 2), r["a"]), r["q"], [[hold[0]]])

    # The same, made unanswerable: sentence deleted, question changed, or other passages only.
    def no_answer(self, r, hold):
        s = [x for x in split_sentences(r["p"]) if len(x.split()) < 60]
        way = self.rng.random()
        if way < .4 and len(s) > 1:
            left = [x for x in s if x != hold and r["a"].lower() not in x.lower()]
            if left:
                run = sorted(left, key=lambda x: -overlap(r["q"], x))[:self.rng.randint(1, 3)]
                p = head(self.rng, r.get("title", "")) + " ".join(x for x in s if x in run)
                return self.example("deleted", [p], self.distractors(r, self.rng.randint(0, 2), r["a"]), r["q"], None)
        if way < .7:
            q = self.swap[r["src"].split(":")[0]](self.rng, key_of(r), r["q"], r["p"])
            if q:
                p, _ = self.passage(r, hold)
                return self.example("swapped", [p], self.distractors(r, self.rng.randint(0, 1), r["a"]), q, None)
        others = self.distractors(r, self.rng.randint(1, 3), r["a"])
        return self.example("near", others[:1], others[1:], r["q"], None) if others else None

    # Hotel, restaurant and station questions: the entry itself, or other entries of the same place.
    def dstc9(self, r):
        body, title = r["p"].strip(), r.get("title", "")
        body = body[0].upper() + body[1:] + ("" if body[-1] in ".!?" else ".")
        same = [x for x in self.by_title[(r["src"], key_of(r))] if x["q"] != r["q"] and overlap(r["q"], x["q"] + " " + x["p"]) < .45]
        self.rng.shuffle(same)

        def shown(x):
            t = x["p"].strip()
            t = t[0].upper() + t[1:] + ("" if t[-1] in ".!?" else ".")
            return t
        prefix = lambda: f"{title}: " if self.rng.random() < .6 else f"{self.rng.choice(HEADS)} > {title}: "
        if self.rng.random() < .36:
            if len(same) < 2 or self.rng.random() < .3:  # the same question of another place
                other = self.rng.choice(self.groups["dstc9-faq"])
                if other.get("title", "") == title or title.lower() in body.lower() is False:
                    return None
                q = r["q"].replace(title, other["title"]) if title in r["q"] else None
                if not q:
                    return None
                return self.example("other place", [prefix() + body], [prefix() + shown(x) for x in same[:2]], q, None)
            parts = [" ".join(shown(x) for x in same[:2])] + [shown(x) for x in same[2:4]]
            return self.example("near", [prefix() + parts[0]], [prefix() + p for p in parts[1:self.rng.randint(1, 3)]], r["q"], None)
        mates = [shown(x) for x in same[:self.rng.randint(0, 2)]]
        text = mates[:1] + [body] if self.rng.random() < .5 else [body] + mates[:1]
        return self.example("dstc9", [prefix() + " ".join(text)], [prefix() + m for m in mates[1:]] +
                            [self.passage(self.rng.choice(self.groups["dstc9-faq"]))[0] for _ in range(self.rng.randint(0, 1))],
                            r["q"], [split_sentences(body)])

    # An agent's wording of the entry; agreeable openings only where the entry agrees.
    def response(self, r):
        a = [s for s in split_sentences(r["a"]) if not s.endswith("?")][:2]
        text = " ".join(a)
        if not a or not all(len(x.split()) < 40 and x[0].isupper() and x[-1] in ".!" for x in a):
            return None
        if re.match(r"(yes|no|sure|of course|absolutely|great|thank|sorry)\b", text.lower()) or "you" in a[-1].lower() and "help" in text.lower():
            return None
        if overlap(text, r["p"] + " " + r.get("title", "") + " " + r["q"]) < .75:
            return None
        body = r["p"].strip()
        return self.example("response", [head(self.rng, r.get("title", "")) + body], self.distractors(r, self.rng.randint(0, 2), body), r["q"], [a])

    # Help pages: the opening sentences of the answer.
    def faq(self, r):
        s = [x for x in split_sentences(r["p"])]
        take = []
        for x in s[:3]:
            if not good(x) or x.endswith("?") or len(" ".join(take + [x]).split()) > 55:
                break
            take.append(x)
        if not take or take[0].lower().split()[0] in ("note", "see"):
            return None
        if self.rng.random() < .33:
            others = self.distractors(r, self.rng.randint(1, 3), take[0])
            q = r["q"]
            return self.example("near", others[:1], others[1:], q, None) if others else None
        take = take[:self.rng.choice((1, 1, 2, 2, 3))]
        title = r.get("title", "")
        name = title if title and title != r["q"] else r["q"].rstrip("?")
        run = s[:self.rng.randint(len(take), len(take) + 2)]
        prefix = f"{name} > {r['q']} " if self.rng.random() < .3 and title != r["q"] else head(self.rng, name)
        return self.example("faq", [prefix + " ".join(run)], self.distractors(r, self.rng.randint(0, 2), take[0]), r["q"], [take])

    def clapnq(self, r):
        if r["type"] == "unanswerable":
            s = [x for x in split_sentences(r["p"]) if len(x.split()) < 60]
            run = sorted(s, key=lambda x: -overlap(r["q"], x))[:3]
            return self.example("near", [head(self.rng, r.get("title", "")) + " ".join(x for x in s if x in run)], [], r["q"], None) if run else None
        a = split_sentences(r["a"])
        s = split_sentences(r["p"])
        if len(a) > 3 or not all(good(x) for x in a):
            return None
        run = [x for x in s if any(overlap(x, y) > .5 or overlap(y, x) > .6 for y in a)]
        if not run or overlap(r["a"], " ".join(run)) < .7 or len(" ".join(run).split()) > 110:
            return None
        return self.example("written", [head(self.rng, r.get("title", "")) + " ".join(run)], self.distractors(r, self.rng.randint(0, 1), r["a"]), r["q"], [a])

    # Made-up facts: answered, near miss, or two questions in one.
    def shop(self, dev):
        rng = self.rng
        c = shop_facts.make_case(rng, dev)
        mates, others = c["mates"], c["others"]
        way = rng.random()

        def shown(h, *sentences):
            return (f"{h}: " if rng.random() < .9 else "") + " ".join(sentences)
        if way < .38:
            bad = lambda m: shop_facts.conflicts(c, m[2])
            mates = [m for m in mates if not bad(m)][:2]
            rest = [shown(m[0], m[1]) for m in mates + [o for o in others if not bad(o)][:rng.randint(0, 1)]]
            p = [c["sentence"]]
            if rest and rng.random() < .3:
                p.append(rest.pop(0).split(": ", 1)[-1])
            rng.shuffle(p)
            return self.example("near shop", [shown(c["heading"], *p)], rest[:rng.randint(0, 3)], c["missed"], None)
        p = [c["sentence"]]
        extra = [m for m in mates][:2]
        if extra and rng.random() < .5:
            p.append(extra.pop(0)[1])
            rng.shuffle(p)
        if way > .84:
            d = shop_facts.make_case(rng, dev)
            if d["fact"] != c["fact"] and not any(m[2] == d["fact"] for m in mates):
                q2 = d["answered"]
                glue = rng.choice([" And ", " Also, ", " ", " and "])
                q = c["answered"].rstrip("?") + glue + q2[0].lower() + q2[1:] if glue == " and " else c["answered"] + glue + (q2 if glue == " " else q2[0].lower() + q2[1:])
                gold = [shown(c["heading"], *p), shown(d["heading"], d["sentence"])]
                return self.example("two", gold, [shown(m[0], m[1]) for m in extra[:1]], q, [[c["sentence"]], [d["sentence"]]])
        rest = [shown(m[0], m[1]) for m in extra + others[:rng.randint(0, 2)]]
        return self.example("shop", [shown(c["heading"], *p)], rest[:rng.randint(0, 3)], c["answered"], [[c["sentence"]]])

    # Two questions of the same document in one.
    def pair(self, r):
        mates = [x for x in self.by_title[(r["src"], key_of(r))] if x["p"] != r["p"] and x["type"] == "span"]
        if not mates:
            return None
        x = self.rng.choice(mates)
        holds = []
        for y in (r, x):
            h = [s for s in split_sentences(y["p"]) if y["a"] in s and good(s)]
            if not h or h[0].split()[0].lower().strip(",") in PRONOUNS:
                return None
            holds.append(h[0])
        ps = [self.passage(y, h)[0] for y, h in zip((r, x), holds)]
        q = r["q"].rstrip("?") + self.rng.choice(["? And ", "? Also, ", ", and "]) + x["q"][0].lower() + x["q"][1:]
        return self.example("two", ps, [], q, [[holds[0]], [holds[1]]])


# (source, method, share of the examples)
MIX = [("shop", "shop", .30), ("dstc9-faq", "dstc9", .20), ("squad1.1", "squad", .24), ("faq-heading", "faq", .13),
       ("medquad", "faq", .03), ("covid-faq-us-gov", "faq", .015), ("dstc9-response", "response", .03),
       ("clapnq-dev", "clapnq", .025), ("squad1.1", "pair", .03)]


def make(maker, n, dev, rng):
    out, seen = [], set()
    for source, method, share in MIX:
        made, tries, want = 0, 0, int(n * share)
        while made < want and tries < want * 12:
            tries += 1
            e = maker.shop(dev) if source == "shop" else getattr(maker, method)(rng.choice(maker.groups[source]))
            if not e or len(" ".join(e["passages"]).split()) > 190:
                continue
            mark = (e["question"], e["passages"][0])
            if mark in seen:
                continue
            seen.add(mark)
            out.append(e)
            made += 1
        print("dev" if dev else "train", source, method, made)
    rng.shuffle(out)
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--train", type=int, default=14000)
    a.add_argument("--dev", type=int, default=400)
    a.add_argument("--seed", type=int, default=11)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    records = list(read_lines(Path(a.data) / "qa.train.jsonl.xz"))
    for dev, n, name in ((True, a.dev, "dev"), (False, a.train, "train")):
        rng = random.Random(a.seed + dev)
        part = [r for r in records if is_dev(key_of(r)) == dev]
        out = make(Maker(part, rng), n, dev, rng)
        write_lines(Path(a.work) / f"generator-{name}.jsonl", out)
        refused = sum(e["answer"] == REFUSAL for e in out)
        print(f"{name}: {len(out)} examples, {refused / len(out):.2f} refusals")


if __name__ == "__main__":
    main()
