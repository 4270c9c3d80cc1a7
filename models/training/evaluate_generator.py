"""Scores the answers that run_generator.mjs wrote.

    node run_generator.mjs MODEL.gguf WORK/generator-dev.jsonl WORK/answers-NAME.jsonl 160
    python evaluate_generator.py --answers WORK/answers-NAME.jsonl --out WORK/generator-eval-NAME.json --verifier ../verifier

With a verifier, a sentence is unsupported when it is held neither by the passage that it cites nor, if it cites
none, by any of the passages; a copy of one needs no model.
"""
import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

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


def load_verifier(folder, tokenizer_folder):
    """A function (statement, passages) -> is it held by one of them, by the model that ships."""
    import numpy as np
    import onnxruntime
    from tokens import load_tokenizer
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(Path(folder) / "onnx/model_quantized.onnx"), options)
    tokenizer = load_tokenizer(tokenizer_folder)

    def held(statement, passages):
        for passage in passages:
            if " ".join(plain(statement)) in " ".join(plain(passage)):
                return True
            left = tokenizer.encode(statement, add_special_tokens=False).ids[:72]
            right = tokenizer.encode(passage, add_special_tokens=False).ids[:256 - 3 - len(left)]
            ids = [101, *left, 102, *right, 102]
            types = [0] * (len(left) + 2) + [1] * (len(right) + 1)
            row = lambda v: np.array([v], dtype=np.int64)
            if session.run(["held"], {"input_ids": row(ids), "attention_mask": row([1] * len(ids)),
                                      "token_type_ids": row(types)})[0].item() > 0:
                return True
        return False
    return held


def score(rows, held=None):
    s = Counter()
    for r in rows:
        refuse, said_no = not r["gold"], REFUSAL in r["said"].replace("’", "'")
        if held and not said_no:
            for text, n in sentences(r["said"]):
                s["said"] += 1
                s["unsupported"] += not held(text, r["passages"][n - 1:n] if n else r["passages"])
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
            "verbatim_in_cited": d("supported", "sentences"), "unsupported_sentences": d("unsupported", "said")}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--answers", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--verifier", help="folder of the verifier; its tokenizer is the reader's, beside it")
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    rows = list(read_lines(a.answers))
    held = load_verifier(a.verifier, Path(a.verifier).parent / "reader") if a.verifier else None
    by = defaultdict(list)
    for r in rows:
        by[r["kind"]].append(r)
    out = {"all": score(rows, held), "ms_mean": round(sum(r["ms"] for r in rows) / len(rows)),
           "kinds": {k: score(v, held) for k, v in sorted(by.items())}}
    write_json(a.out, out)
    print(json.dumps(out["all"], indent=1), out["ms_mean"], "ms an answer")
    for k, v in out["kinds"].items():
        print(k, {n: x for n, x in v.items() if x is not None})


if __name__ == "__main__":
    main()
