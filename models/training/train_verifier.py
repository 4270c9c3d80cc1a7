"""Fine-tunes the verifier from a reader's body or from its own checkpoint.

    python train_verifier.py --start WORK/reader.safetensors --base BASES/minilm --work WORK --minutes 45

Reads WORK/verifier-train.jsonl and -dev.jsonl, writes WORK/verifier.safetensors every
few minutes; run it again with that file as --start to go on. Word table frozen; the
learning rate falls with the wall clock to zero.
"""
import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

from files import read_lines
from tokens import load_tokenizer
from train_reader import BUCKETS, auc, freeze
from verifier_model import load_verifier

STATEMENT = 72  # tokens of the statement, at most


def encode_pair(tokenizer, r):
    q = tokenizer.encode(r["q"], add_special_tokens=False).ids[:STATEMENT]
    p = tokenizer.encode(r["p"], add_special_tokens=False).ids[:BUCKETS[-1] - len(q) - 3]
    ids = [101] + q + [102] + p + [102]
    return ids, [0] * (len(q) + 2) + [1] * (len(p) + 1)


def tensors(rows):
    length = next(b for b in BUCKETS if max(len(r[0]) for r in rows) <= b)
    pad = lambda x: x + [0] * (length - len(x))
    ids, types = torch.tensor([pad(r[0]) for r in rows]), torch.tensor([pad(r[1]) for r in rows])
    return ids, torch.tensor([pad([1] * len(r[0])) for r in rows]), types


@torch.no_grad()
def evaluate(model, rows):
    """(share of held pairs and of near misses told right at 0.5, by kind; balanced accuracy; AUC)."""
    by, scores, labels = defaultdict(list), [], []
    order = sorted(rows, key=lambda r: len(r[0]))
    for i in range(0, len(order), 16):
        part = order[i:i + 16]
        for r, s in zip(part, model(*tensors(part)).tolist()):
            by[("held: " if r[2] else "not: ") + r[3]].append((s > 0) == bool(r[2]))
            scores.append(s)
            labels.append(r[2])
    right = {k: round(sum(v) / len(v), 3) for k, v in sorted(by.items())}
    kept = sum(s > 0 for s, y in zip(scores, labels) if y) / sum(labels)
    caught = sum(s <= 0 for s, y in zip(scores, labels) if not y) / (len(labels) - sum(labels))
    return {"balanced": round((kept + caught) / 2, 3), "auc": round(auc(scores, labels), 3), "kept": round(kept, 3), "caught": round(caught, 3), "right": right}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--start", required=True)
    a.add_argument("--base", required=True, help="folder with the tokenizer")
    a.add_argument("--work", required=True)
    a.add_argument("--minutes", type=float, default=45)
    a.add_argument("--lr", type=float, default=7e-5)
    a.add_argument("--head-lr", type=float, default=5e-4)
    a.add_argument("--micro", type=int, default=32, help="pairs in a step")
    a.add_argument("--limit", type=int, help="read only so many pairs (for a trial)")
    a.add_argument("--dev-pairs", type=int, default=600, help="development pairs to look at")
    a.add_argument("--freeze", type=int, default=0, help="lowest layers to leave as they are")
    a.add_argument("--dtype", choices=["bfloat16", "float32"], default="float32", help="of the products; bfloat16 where the processor has it")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--seed", type=int, default=6)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng, work = random.Random(a.seed), Path(a.work)
    tokenizer = load_tokenizer(a.base)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    read = lambda name, n: [(*encode_pair(tokenizer, r), r["y"], r["kind"]) for r in list(read_lines(work / name))[:n]]
    train, dev = read("verifier-train.jsonl", a.limit), read("verifier-dev.jsonl", a.dev_pairs)
    model = load_verifier(a.start).to(a.device)
    freeze(model.enc, a.freeze)
    body = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("held.")]
    optimiser = torch.optim.AdamW([{"params": body, "peak": a.lr}, {"params": list(model.held.parameters()), "peak": a.head_lr}],
                                  lr=a.lr, betas=(0.9, 0.98), weight_decay=0.01)

    def checkpoint():
        save_file({n: p.detach().cpu().half().contiguous() for n, p in model.state_dict().items()}, str(work / "verifier.safetensors.part"))
        (work / "verifier.safetensors.part").replace(work / "verifier.safetensors")

    def batches():
        while True:
            order = sorted(train, key=lambda r: (next(b for b in BUCKETS if len(r[0]) <= b), rng.random()))
            parts = [order[i:i + a.micro] for i in range(0, len(order), a.micro)]
            rng.shuffle(parts)
            yield from parts

    print(len(train), "pairs", flush=True)
    source, begin, saved, step, seen, total, tokens = batches(), time.time(), time.time(), 0, 0, 0.0, 0
    while (done := (time.time() - begin) / 60 / a.minutes) < 1:
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * min(1, (step + 1) / 80) * max(0.01, 1 - done)
        part = next(source)
        y = torch.tensor([float(r[2]) for r in part], device=a.device)
        with torch.autocast(a.device, torch.bfloat16, enabled=a.dtype == "bfloat16"):
            held = model(*(t.to(a.device) for t in tensors(part)))
        loss = F.binary_cross_entropy_with_logits(held, y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step, seen, total, tokens = step + 1, seen + len(part), total + float(loss.detach()), tokens + sum(len(r[0]) for r in part)
        if step % 50 == 0:
            line = {"step": step, "pairs": seen, "minutes": round((time.time() - begin) / 60, 2), "tokens_per_second": round(tokens / (time.time() - begin)), "loss": round(total / 50, 4)}
            total = 0.0
            if time.time() - saved > 420:
                checkpoint()
                line["dev"], saved = evaluate(model, dev), time.time()
            print(json.dumps(line), flush=True)
    checkpoint()
    print(json.dumps({"steps": step, "pairs": seen, "dev": evaluate(model, dev)}))


if __name__ == "__main__":
    main()
