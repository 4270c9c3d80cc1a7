"""Statements made false by rule: one near miss of a true sentence, of a named kind.

`train` and `dev` use different words and templates, so that a figure on the
development side says something about errors that training never saw.
"""
import re

UNITS = {"train": [("days", "weeks"), ("hours", "days"), ("minutes", "hours"), ("weeks", "months"), ("kg", "g"), ("cm", "mm"), ("EUR", "USD"), ("euros", "dollars"), ("percent", "euros"), ("months", "years"), ("litres", "millilitres")],
         "dev": [("days", "months"), ("hours", "weeks"), ("minutes", "seconds"), ("weeks", "days"), ("kg", "lb"), ("cm", "inches"), ("EUR", "GBP"), ("euros", "pounds"), ("months", "weeks"), ("km", "miles")]}
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
DENY = {"train": [(r"\bcan\b(?! ?not|'t)", "cannot"), (r"\bis\b(?! not)", "is not"), (r"\bare\b(?! not)", "are not"), (r"\bwill\b(?! not)", "will not"), (r"\bmay\b(?! not)", "may not"), (r"\bmust\b(?! not)", "need not")],
        "dev": [(r"\bcan\b(?! ?not|'t)", "can't"), (r"\bis\b(?! not)", "isn't"), (r"\bare\b(?! not)", "are never"), (r"\bwill\b(?! not)", "won't"), (r"\bmay\b(?! not)", "may never"), (r"\bmust\b(?! not)", "don't have to")]}
AFFIRM = [(r"\bcannot\b", "can"), (r"\bcan't\b", "can"), (r"\bcan not\b", "can"), (r"\b(is|are|was|does|do|will|may|must|has|have) not\b", r"\1"), (r"\bisn't\b", "is"), (r"\baren't\b", "are"),
          (r"\bwon't\b", "will"), (r"\bdoesn't\b", "does"), (r"\bdon't\b", "do"), (r"\bnever\b", "always"), (r"\bNo (\w+)", r"A \1"), (r"\bwithout\b", "with"), (r"\bnot\b ", "")]
LIMIT = r"(,? (?:only )?(?:if|unless|as long as|provided|except|only|but not|until|once|when|for orders|on condition)\b[^.,;]*)([.,;]|$)"
ADDED = {"train": ["if you are a member", "on weekdays only", "but only in our shop", "after paying a deposit", "if you show a receipt", "for orders above 50 EUR", "except in August", "with written permission", "free of charge", "at no extra cost", "within 24 hours"],
         "dev": ["provided you have an account", "outside school holidays", "but not online", "once a manager agrees", "with the original packaging", "for new customers only", "by telephone only", "at half price", "the same day"]}
NUMBER = r"(?<![\w.,])\d+(?:[.,:]\d+)*(?![\w])"


def numbers(text):
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))


def change_number(rng, s, evidence, side):
    found = list(re.finditer(NUMBER, s))
    if not found:
        return None
    m = rng.choice(found)
    for _ in range(12):
        old = m.group()
        if old.isdigit():
            n = int(old)
            if side == "train":
                new = str(max(1, n + rng.choice((-1, 1)) * max(1, rng.randint(1, max(1, n // 2)))))
            else:
                new = str(rng.choice((n * 2, n * 3, n + 10, n + 1, max(1, n // 3))))
        else:
            i = rng.choice([i for i, c in enumerate(old) if c.isdigit()])
            new = old[:i] + rng.choice("123456789") + old[i + 1:]
        if new != old and new not in numbers(evidence):
            around = s[max(0, m.start() - 5):m.end() + 5]
            kind = "amount" if re.search(r"[€$£]|EUR|euro|USD|GBP", around) else "number"
            return kind, s[:m.start()] + new + s[m.end():]
    return None


def change_unit(rng, s, evidence, side):
    options = [(a, b) for a, b in UNITS[side] if re.search(rf"\b{a}\b", s) and not re.search(rf"\b{b}\b", evidence)]
    if not options:
        return None
    a, b = rng.choice(options)
    return "unit", re.sub(rf"\b{a}\b", b, s, count=1)


def change_date(rng, s, evidence, side):
    for group in rng.sample([DAYS, MONTHS], 2):
        here = [w for w in group if re.search(rf"\b{w}s?\b", s)]
        free = [w for w in group if w not in evidence]
        if here and free:
            return "date", s.replace(rng.choice(here), rng.choice(free), 1)
    return None


def deny(rng, s, evidence, side):
    options = [(p, t) for p, t in DENY[side] if re.search(p, s)]
    if not options or re.search(r"\bnot\b|n't|\bno\b|never|only|without", s, re.I):
        return None
    p, t = rng.choice(options)
    return "negation added", re.sub(p, t, s, count=1)


def affirm(rng, s, evidence, side):
    for p, t in AFFIRM:
        if re.search(p, s):
            return "negation dropped", re.sub(p, t, s, count=1)
    return None


def drop_condition(rng, s, evidence, side):
    m = re.search(LIMIT, s)
    if not m or m.start() < 12:
        return None
    return "condition dropped", (s[:m.start()] + s[m.end(1):]).strip()


def add_condition(rng, s, evidence, side):
    new = rng.choice([x for x in ADDED[side] if x.lower() not in evidence.lower()] or ["after a year"])
    body = s.rstrip(" .!")
    if len(body.split()) < 4 or "?" in s:
        return None
    return "condition added", f"{body} {new}." if rng.random() < .7 else f"{body}, {new}."


def change_name(rng, s, evidence, side, names):
    here = [m for m in re.finditer(r"(?<!^)(?<![.!?:] )\b[A-Z][\w-]+(?: [A-Z][\w-]+)*", s) if m.group() not in DAYS + MONTHS and len(m.group()) > 2]
    free = [n for n in names if n not in evidence]
    if not here or not free:
        return None
    m = rng.choice(here)
    return "name", s[:m.start()] + rng.choice(free) + s[m.end():]


def names_of(texts):
    """Capitalised names inside sentences of a business's texts."""
    found = set()
    for t in texts:
        found |= {m for m in re.findall(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*", t) if len(m) > 2 and m not in DAYS + MONTHS}
    return sorted(found)


RULES = [change_number, change_number, change_unit, change_date, deny, affirm, drop_condition, add_condition]


def near_misses(rng, sentence, evidence, side, names=()):
    """Every kind of error that fits the sentence: [(kind, statement)], at most one a kind."""
    made = [r(rng, sentence, evidence, side) for r in RULES] + [change_name(rng, sentence, evidence, side, list(names))]
    return list({m[0]: m for m in made if m and m[1] != sentence}.values())
