"""Training and development examples of the built-in intents and signals.

    python make_intents_data.py --data DATA --work WORK

Writes WORK/intents-train.jsonl and dev/intents.jsonl: `text`, `intent`, `act` (null: not said), `urgency` and
`frustration` (0...1, null: not said), `src`; of development texts `half`: `choose` for every choice of the training,
`report` for figures alone. Texts of one group (the same content words, numbers left out) fall on the same side.
With --smoke everything goes to WORK/smoke, and without DATA only what was written by hand is taken.
"""
import argparse
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

from files import read_lines, write_lines
from intent_labels import ACTS, INTENTS, act_of, faq_intent, map_label, swears
from intent_vectors import fraction

HERE = Path(__file__).parent
DEV_SHARE = 0.08
# Of what was written by hand.
HAND_DEV_SHARE = 1 / 6
# Examples of one intent that one source may give; bitext and snips repeat a few templates.
SOURCE_CAP = 260
# dstc9-faq asks few things with many names of places.
FAQ_CAP = 100
OUT_OF_SCOPE_CAP = 1400
# Development examples of one intent that one source may give, so that the committed file stays small.
DEV_CAP = 16
STOP = set("a an the to of in on at for with my me i i'm your ur you u it is are am be do does can could would please pls help "
           "need want have got this that there and or how what where when know want's wanna assistance some".split())


def group_of(text):
    """Texts that differ in numbers, small words and letter case are one group."""
    words = re.findall(r"[a-z']+", re.sub(r"\S*\d\S*", " ", text.lower()))
    kept = sorted({w[:5] for w in words if w not in STOP})
    return " ".join(kept) or text.lower()


def by_hand(name):
    """The rows of a file in data/, tab-separated, without remarks."""
    lines = (HERE / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def from_sources(data):
    for r in read_lines(Path(data) / "intents.train.jsonl.xz"):
        intent = map_label(r["src"], r["label"], r["text"])
        mood = r["src"] == "rasa-nlu" and r["label"] == "mood/mood_angry"
        if intent is None and not mood:
            continue
        signals = {"urgency": None, "frustration": None}
        if mood:
            signals["frustration"] = 0.8
        elif swears(r["text"]):
            signals["frustration"] = 0.6
        elif intent != "complaint" and not re.search(r"\b(?:asap|urgent|hurry|fast|quick|now|today)", r["text"].lower()):
            signals = {"urgency": 0.0, "frustration": 0.0}
        act = act_of(intent, r["text"]) if intent else "statement"
        yield {"text": r["text"].strip(), "intent": intent, "act": act, **signals, "src": r["src"]}
    asked = {r["q"].strip() for r in read_lines(Path(data) / "qa.train.jsonl.xz") if r["src"] == "dstc9-faq"}
    for question in sorted(asked):
        intent = faq_intent(question)
        if intent is not None:
            yield {"text": question, "intent": intent, "act": "question", "urgency": 0.0, "frustration": 0.0,
                   "src": "dstc9-faq"}


def from_hand():
    intent = None
    for (line,) in by_hand("intent_utterances.txt"):
        if line.startswith("== "):
            intent = line[3:].strip()
            assert intent in INTENTS, intent
            continue
        # Of these many are angry or in a hurry, and nobody has said which.
        told = intent in ("complaint", "order_problem", "speak_to_person", "refunds")
        yield {"text": line.strip(), "intent": intent, "act": act_of(intent, line), "urgency": None if told else 0.0,
               "frustration": None if told else 0.0, "src": "hand"}
    for act, intent, text in by_hand("act_utterances.tsv"):
        assert act in ACTS and intent in INTENTS, text
        yield {"text": text, "intent": intent, "act": act, "urgency": None, "frustration": None, "src": "hand-acts"}
    for urgency, frustration, text in by_hand("signal_utterances.tsv"):
        yield {"text": text, "intent": None, "act": None, "urgency": float(urgency), "frustration": float(frustration),
               "src": "hand-signals"}


def with_phrases(examples, dev):
    """Calm requests with an urgent, an angry or a calm phrase before or after; act and intent stay."""
    rows = [row for place, row in enumerate(by_hand("signal_phrases.txt")) if (place % 4 == 2) == dev]
    rng = random.Random(11 + dev)
    calm = [e for e in examples if e["urgency"] == 0 and e["frustration"] == 0 and e["intent"] not in
            ("greeting", "thanks", "goodbye", "affirm", "deny", "out_of_scope", None)]
    for e in rng.sample(calm, min(len(calm), 150 if dev else 4000)):
        urgency, frustration, where, phrase = rng.choice(rows)
        body = e["text"]
        if where == "after":
            text = f"{body}{rng.choice([' ', ', ', '. ']) if body[-1] not in '?.!' else ' '}{phrase}"
        else:
            text = f"{phrase} {body}"
        yield {**e, "text": text, "urgency": float(urgency), "frustration": float(frustration), "src": e["src"] + "+phrase"}


def split(examples):
    train, dev = [], []
    for e in examples:
        hand = e["src"].startswith("hand")
        place = fraction(group_of(e["text"]), "hand" if hand else "intents")
        (dev if place < (HAND_DEV_SHARE if hand else DEV_SHARE) else train).append(e)
    return train, dev


def capped(examples, cap, out_cap, seed):
    rng = random.Random(seed)
    rng.shuffle(examples)
    taken, groups, kept = Counter(), defaultdict(int), []
    for e in examples:
        key = (e["src"], e["intent"])
        limit = out_cap if e["intent"] == "out_of_scope" else min(cap, FAQ_CAP) if e["src"] == "dstc9-faq" else cap
        group = (e["intent"], group_of(e["text"]))
        if not e["src"].startswith("hand") and (taken[key] >= limit or groups[group] >= 3):
            continue
        taken[key] += 1
        groups[group] += 1
        kept.append(e)
    return kept


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", help="folder with intents.train.jsonl.xz and qa.train.jsonl.xz; --smoke does without")
    a.add_argument("--work", required=True)
    a.add_argument("--smoke", action="store_true", help="a small sample of the sources, written to WORK/smoke")
    args = a.parse_args()
    if not args.data and not args.smoke:
        a.error("--data is needed, except with --smoke")
    sources = list(from_sources(args.data)) if args.data else []
    target, dev_file = Path(args.work), HERE / "dev" / "intents.jsonl"
    if args.smoke:
        sources = random.Random(1).sample(sources, min(1500, len(sources)))
        target = target / "smoke"
        dev_file = target / "intents-dev.jsonl"
    train, dev = split([*sources, *from_hand()])
    seen = {e["text"].lower() for e in dev}
    groups = {group_of(e["text"]) for e in dev if not e["src"].startswith("hand")}
    train = [e for e in train if e["text"].lower() not in seen and group_of(e["text"]) not in groups]
    train = capped(train, SOURCE_CAP, OUT_OF_SCOPE_CAP, 3)
    dev = capped(dev, DEV_CAP, 60, 4)
    for e in dev:
        e["half"] = "choose" if fraction(group_of(e["text"]), "half") < 0.5 else "report"
    train += with_phrases(train, False)
    dev += with_phrases(dev, True)
    target.mkdir(parents=True, exist_ok=True)
    write_lines(target / "intents-train.jsonl", train)
    write_lines(dev_file, dev)
    for name, rows in (("train", train), ("dev", dev)):
        print(name, len(rows), dict(Counter(e["intent"] for e in rows)), dict(Counter(e["act"] for e in rows)),
              dict(Counter(e["src"] for e in rows)))


if __name__ == "__main__":
    main()
