"""The hand-written help-desk passages in data/desk, one packed JSON Lines file a business.

A record: title, heading, text; facts, each with sentence (stands in text), span
(stands in sentence), ask (a plain question), ways (questions of customers who have
not read the page), say (an answer in other words), wrong (an answer that the text
does not hold); not_here (questions that sound as if the text answered them).
"""
from pathlib import Path

from files import read_lines

FOLDER = Path(__file__).parent / "data" / "desk"

# whole businesses that never train
DEV = {"voltmark", "internet", "petrel-cars", "lindenhof-vets", "music"}


def name_of(path):
    return path.name.split(".")[0]


def passages(dev, folder=FOLDER):
    out = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        if (name_of(path) in DEV) == dev:
            out += [dict(r, file=name_of(path)) for r in read_lines(path)]
    return out


def headed(rng, r):
    """The passage as the product feeds it: heading path, colon, text."""
    n = rng.random()
    path = f"{r['title']} > {r['heading']}" if n < .65 else r["heading"] if n < .85 else r["title"] if n < .95 else ""
    return f"{path}: {r['text']}" if path else r["text"]
