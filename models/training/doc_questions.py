"""Questions made by rule from the sentences and headings of documentation.

"To delete a bucket, choose ..." gives "How do I delete a bucket?", answered by
that sentence; a heading "Set up automatic suspend" gives "How do I set up
automatic suspend?", answered by the section below it. Nothing is invented: the
words of every question stand in the document.
"""
import re

from text import split_sentences

VERBS = set("add allow apply archive assign attach authorize back block build buy cancel change check choose clear close collect "
            "configure connect contact convert copy create customize deactivate define delete deploy disable download edit enable "
            "enter export file fill filter find fix generate get give grant handle hide identify import improve include increase "
            "install integrate invite join keep launch limit link list log make manage map measure merge migrate modify monitor move "
            "open order override pay perform plan post prepare prevent print process protect provide publish purchase record reduce "
            "register reject remove rename renew replace report request reset resize resolve restore restrict retrieve return review "
            "revoke rotate run save schedule search secure see select send set share show sign specify start stop submit switch sync "
            "synchronize tag test track transfer troubleshoot turn uninstall update upgrade upload use validate verify view write".split())


def first_person(text):
    for a, b in (("you aren't", "I'm not"), ("you're", "I'm"), ("you weren't", "I wasn't"), ("your", "my"), ("yours", "mine")):
        text = re.sub(rf"\b{a}\b", b, text)
    text = re.sub(r"\byourself\b", "myself", text)
    text = re.sub(r"\byou are\b", "I am", text)
    return re.sub(r"\byou\b", "I", text)


def fine(phrase, low=2, high=14):
    n = len(phrase.split())
    return low <= n <= high and not re.search(r"[:;()\[\]{}<>|=\"“”*_/\\]", phrase) and not re.search(
        r"\b(following|this|these|that|those|it|them|above|below|here|such)\b", phrase.lower())


def from_sentence(rng, s):
    """A question that the sentence answers, or None."""
    if not 6 <= len(s.split()) <= 45 or s[-1] != ".":
        return None
    m = re.match(r"To (\w+)( [^,]+), (.+)", s)
    if m and m[1] in VERBS and fine(m[1] + m[2]):
        vp = first_person(m[1] + m[2])
        return rng.choice(["How do I {}?", "How can I {}?", "How to {}?", "What do I do to {}?", "I want to {}, how does that work?"]).format(vp)
    m = re.match(r"You can (?:also )?(\w+)( .+?) (by|using|with|through|in the|from the|on the|under) (.+)", s)
    if m and m[1] in VERBS and fine(m[1] + m[2]):
        vp = first_person(m[1] + m[2])
        return rng.choice(["How can I {}?", "How do I {}?", "Can I {}?", "Is it possible to {}?"]).format(vp)
    m = re.match(r"You can (?:also |only )?(\w+)( .+?)\.$", s)
    if m and m[1] in VERBS and fine(m[1] + m[2], 3, 12):
        return rng.choice(["Can I {}?", "Am I able to {}?", "Is there a way to {}?"]).format(first_person(m[1] + m[2]))
    m = re.match(r"If ([^,]+), (.+)", s)
    if m and fine(m[1], 3, 16):
        cond = first_person(m[1])
        return rng.choice(["What happens if {}?", "What if {}?", "What should I do if {}?", "What can I do when {}?"]).format(cond)
    m = re.match(r"You (must|need to|have to|should) (\w+)( .+?) (before|after|when|if|until) (.+)\.$", s)
    if m and fine(m[5], 2, 14):
        when = first_person(m[5])
        return rng.choice(["What do I need to do {} {}?", "What must I do {} {}?"]).format(m[4], when)
    m = re.match(r"((?:The |An? )?[A-Z]?[\w-]+(?: [\w-]+){0,4}) (enables|allows|lets) you to (\w+)( .+?)\.$", s)
    if m and fine(m[3] + m[4], 2, 12) and fine(m[1], 1, 5):
        return rng.choice(["How can I {}?", "What lets me {}?"]).format(first_person(m[3] + m[4]))
    m = re.match(r"((?:The |An? )?[A-Z][\w-]+(?: [\w-]+){0,4}) (is|are) (an? |the |used |required )(.+)", s)
    if m and fine(m[1], 1, 5) and len(s.split()) > 8:
        name = m[1] if not m[1].startswith(("The ", "A ", "An ")) else m[1][0].lower() + m[1][1:]
        if m[3].strip() in ("used", "required"):
            return rng.choice(["What {0} {1} {2} for?", "When {0} {1} {2}?"]).format(m[2], name, m[3].strip()) if " for " in s or " to " in s or " when " in s else None
        return f"What {m[2]} {name}?"
    return None


def from_heading(rng, h):
    """A question or a search phrase for the section under a heading, or None."""
    h = re.sub(r"^(\d+[.)]?\s*)+|\s*\(.*?\)\s*", "", h).strip().rstrip(".:")
    if len(h) < 3:
        return None
    low = h[0].lower() + h[1:] if h[:2].upper() != h[:2] else h
    m = re.match(r"[Hh]ow [Tt]o (.+)", h)
    vp = m[1] if m else low if low.split()[0] in VERBS else None
    if vp and fine(vp):
        return rng.choice(["How do I {}?", "How can I {}?", "how to {}", "Can you tell me how to {}?", "{}"]).format(first_person(vp))
    if fine(h, 2, 9) and not h.endswith("?") and len(h) > 10:
        return rng.choice(["{}", "{}", "What should I know about {}?", "Tell me about {}", "Where can I read about {}?"]).format(low)
    return None


def sections(record, low=25, high=110):
    """[(heading or "", [sentences])] of a prose record, cut into chunks of at most `high` words."""
    out, heading, part = [], "", []

    def flush():
        chunk, n = [], 0
        for s in part:
            k = len(s.split())
            if chunk and n + k > high:
                out.append((heading, chunk))
                chunk, n = [], 0
            if k <= high:
                chunk.append(s)
                n += k
        if n >= low:
            out.append((heading, chunk))
    for block in re.split(r"\n\n+", record["text"]):
        line = block.strip()
        if "\n" not in line and 1 <= len(line.split()) <= 12 and line[-1:] not in ".:;,!" and not line.startswith(("-", "*", "1.")):
            flush()
            heading, part = (line if line != record.get("title") else ""), []
        else:
            part.extend(split_sentences(block))
    flush()
    return out
