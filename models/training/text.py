"""Text helpers shared by the data makers: sentences, windows, splits, swaps, noise."""
import re
import zlib

ABBREVIATIONS = {"mr", "mrs", "ms", "dr", "st", "no", "vs", "e.g", "i.e", "etc", "inc", "ltd", "co", "corp", "u.s", "u.k",
                 "approx", "jr", "sr", "prof", "gen", "col", "lt", "fig", "p", "pp", "vol", "ca", "c", "cf", "al"}
PRONOUNS = {"it", "he", "she", "they", "this", "these", "that", "those", "its", "his", "her", "their", "however", "but",
            "also", "thus", "therefore", "in", "and", "such", "both", "other", "another", "another", "then", "here", "there"}


def split_sentences(text):
    """Sentences of a text; list marks and line breaks also end one."""
    out = []
    for line in re.split(r"\n+", text):
        line = re.sub(r"\s+", " ", line).strip()
        start = 0
        for m in re.finditer(r"[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])", line):
            last = re.search(r"([\w.]+)[.!?][\"')\]]*\s*$", line[start:m.end()])
            word = last.group(1).lower().strip(".") if last else ""
            if word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
                continue
            out.append(line[start:m.end()].strip())
            start = m.end()
        if line[start:].strip():
            out.append(line[start:].strip())
    return out


def bucket(key):
    return zlib.crc32(key.encode("utf-8")) % 1000


def is_dev(key):
    """One document in fourteen is kept for development, by its title."""
    return bucket("dev:" + key) < 70


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


STOP = set("a an the of to in on at for from by with and or not is are was were be been do does did can could would should "
           "will may might must have has had i you he she it we they my your his her its our their me us them this that these "
           "those there what which who whom whose when where why how if as than then so such no any some all about into over "
           "after before between during up down out more most other also s t".split())


def content(text):
    return [w for w in words(text) if w not in STOP]


def overlap(a, b):
    """Share of the content words of `a` that stand in `b`."""
    x, y = set(content(a)), set(content(b))
    return len(x & y) / len(x) if x else 0.0


MONTHS = set("January February March April May June July August September October November December".split())
QUESTION_WORDS = set("What When Where Who Whom Whose Which Why How Do Does Did Is Are Was Were Can Could Will Would Should "
                     "In On At For From To By With If The A An I My Has Have Had Of During After Before About".split())


def entities(question):
    """[(kind, start, end)] of numbers and capitalised names inside a question."""
    out = []
    for m in re.finditer(r"\b\d[\d,.]*\b", question):
        out.append(("year" if re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", m.group()) else "number", *m.span()))
    for m in re.finditer(r"\b[A-Z][\w'’-]*(?: (?:of |the |de )?[A-Z][\w'’-]*)*", question):
        start, end = m.span()
        first = m.group().split(" ")[0]
        if start == 0 and first in QUESTION_WORDS:
            if " " not in m.group():
                continue
            start += len(first) + 1
        name = question[start:end]
        if len(name) < 3:
            continue
        kind = "month" if name in MONTHS else f"name{min(len(name.split()), 3)}"
        out.append((kind, start, end))
    return out


class Swapper:
    """Swaps one entity of a question for another of the same kind from other questions."""

    def __init__(self, questions):
        """`questions` is [(group, question)]; entities of the same group are preferred."""
        self.by_group, self.by_kind = {}, {}
        for group, q in questions:
            for kind, s, e in entities(q):
                self.by_group.setdefault((group, kind), []).append(q[s:e])
                self.by_kind.setdefault(kind, []).append(q[s:e])

    def __call__(self, rng, group, question, passage):
        """A changed question, or None when nothing in it can be swapped."""
        found = [x for x in entities(question) if question[x[1]:x[2]].lower() in passage.lower()] or entities(question)
        if not found:
            return None
        kind, s, e = rng.choice(found)
        old, low = question[s:e], passage.lower()
        for pool in (self.by_group.get((group, kind), []), self.by_kind.get(kind, [])):
            for _ in range(8 if pool else 0):
                new = rng.choice(pool)
                if new.lower() not in low and not set(words(new)) & set(words(old)):
                    return question[:s] + new + question[e:]
        return None


OPENERS = ["Hi, ", "Hello, ", "Hi there. ", "Hello! ", "Good morning. ", "Hey, ", "Quick question: ", "Sorry to bother you. ",
           "Hi, I could not find this on your website. ", "Hello, I am a customer of yours. ", "One more thing: ",
           "I have a question. ", "Thanks for your help so far. ", "I ordered last week. ", "Please help me. "]


def noisy(rng, question, strength=1.0):
    """Sometimes a greeting, lower case, no question mark, or a polite frame."""
    q, r = question.strip(), rng.random() / max(strength, 1e-6)
    if r < 0.06:
        return rng.choice(OPENERS) + (q if rng.random() < .5 else q[0].lower() + q[1:])
    if r < 0.12:
        return q.lower().rstrip("?").strip()
    if r < 0.15:
        return q.rstrip("?").strip()
    if r < 0.18:
        return q.lower()
    return q
