"""Fine-tunes the reader: relevance, answer span, answerability.

    python train_reader.py --start CHECKPOINT.safetensors --base BASES/minilm --work WORK --minutes 55

Reads the groups of --train and --dev in WORK, writes a checkpoint every few
minutes. bf16 weights with an fp32 master copy; word table frozen; rows padded
to the next of BUCKETS; the learning rate falls with the wall clock to zero.
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
from reader_model import load_reader
from tokens import load_tokenizer

BUCKETS = (32, 48, 64, 80, 96, 128, 160, 192, 224, 256)
QUESTION = 40  # tokens of the question, at most


def encode_row(tokenizer, r):
    """(ids, types, start token, end token); -1 where there is no span inside the limit."""
    q = tokenizer.encode(r["q"], add_special_tokens=False).ids[:QUESTION]
    e = tokenizer.encode(r["p"], add_special_tokens=False)
    room = BUCKETS[-1] - len(q) - 3
    start = end = -1
    if r.get("s"):
        inside = [i for i, (a, b) in enumerate(e.offsets) if a < r["s"][1] and b > r["s"][0]]
        if inside and inside[-1] < room:
            start, end = inside[0] + len(q) + 2, inside[-1] + len(q) + 2
    ids = [101] + q + [102] + e.ids[:room] + [102]
    types = [0] * (len(q) + 2) + [1] * (len(ids) - len(q) - 2)
    return ids, types, start, end


def encode_groups(tokenizer, path, limit=None):
    out = []
    for n, g in enumerate(read_lines(path)):
        if limit and n >= limit:
            break
        rows = [encode_row(tokenizer, r) for r in g["rows"]]
        length = max(len(x[0]) for x in rows)
        out.append((next(b for b in BUCKETS if length <= b), g["kind"], rows, [(r["l"], r["r"], r["a"], r["w"]) for r in g["rows"]]))
    return out


def tensors(groups, device):
    length = groups[0][0]
    rows = [x for g in groups for x in g[2]]
    pad = lambda x, n: x + [0] * (n - len(x))
    ids = torch.tensor([pad(x[0], length) for x in rows])
    types = torch.tensor([pad(x[1], length) for x in rows])
    mask = torch.tensor([pad([1] * len(x[0]), length) for x in rows])
    return ids.to(device), mask.to(device), types.to(device)


def loss_of(model, groups, device):
    ids, mask, types = tensors(groups, device)
    rel, ans, span = model(ids, mask, types)
    rows = [x for g in groups for x in g[2]]
    labels = torch.tensor([y for g in groups for y in g[3]], device=device)
    l, r, a, w = labels.unbind(1)
    at = 0
    rank, n = 0.0, 0
    for g in groups:
        k = len(g[2])
        inside = l[at:at + k] > 0
        gold = (r[at:at + k] > 0) & inside
        if gold.any() and inside.sum() > 1:
            rank = rank - F.log_softmax(rel[at:at + k].masked_fill(~inside, -1e4), 0)[gold].mean()
            n += 1
        at += k
    rank = rank / max(n, 1)
    known = r >= 0
    weight = torch.where(r > 0, 1.5, 0.8)
    point = (F.binary_cross_entropy_with_logits(rel, r.clamp(min=0), reduction="none") * weight)[known].mean() if known.any() else 0.0
    known = a >= 0
    weight = torch.where(a > 0, 1.6, 1.0)
    hold = (F.binary_cross_entropy_with_logits(ans, a.clamp(min=0), reduction="none") * weight)[known].mean()
    start = torch.tensor([x[2] for x in rows], device=device)
    end = torch.tensor([x[3] for x in rows], device=device)
    has = start >= 0
    where = 0.0
    if has.any():
        both = F.cross_entropy(span[has, :, 0], start[has], reduction="none") + F.cross_entropy(span[has, :, 1], end[has], reduction="none")
        where = (both * w[has]).sum() / 2 / len(groups)
    return rank + 0.6 * point + 1.5 * hold + 0.8 * where, (rank, point, hold, where)


def batches(groups, size, rng):
    """Endless micro-batches, every one of a single length; in random order."""
    while True:
        by = defaultdict(list)
        for g in groups:
            by[g[0]].append(g)
        out = []
        for part in by.values():
            rng.shuffle(part)
            out += [part[i:i + size] for i in range(0, len(part) - size + 1, size)]
        rng.shuffle(out)
        yield from out


def freeze(encoder, layers):
    """Keeps the word table and the lowest layers as they are: they cost half the time of a step."""
    encoder.embeddings.word_embeddings.requires_grad_(False)
    if layers:
        encoder.embeddings.requires_grad_(False)
        for layer in encoder.encoder.layer[:layers]:
            layer.requires_grad_(False)


def auc(scores, labels):
    pos = [s for s, y in zip(scores, labels) if y == 1]
    neg = [s for s, y in zip(scores, labels) if y == 0]
    if not pos or not neg:
        return float("nan")
    p, n = torch.tensor(pos), torch.tensor(neg)
    return float(((p[:, None] > n).float() + 0.5 * (p[:, None] == n)).mean())


@torch.no_grad()
def evaluate(model, groups, device, size=8):
    by = defaultdict(lambda: [[], [], []])
    order = sorted(groups, key=lambda g: g[0])
    i = 0
    while i < len(order):
        part = [g for g in order[i:i + size] if g[0] == order[i][0]]
        i += len(part)
        rel, ans, _ = model(*tensors(part, device))
        at = 0
        for g in part:
            k = len(g[2])
            for j, (l, r, a, w) in enumerate(g[3]):
                by[g[1]][0].append(float(ans[at + j]))
                by[g[1]][1].append(a)
            inside = [j for j in range(k) if g[3][j][0]]
            if len(inside) > 1 and any(g[3][j][1] == 1 for j in inside):
                best = max(inside, key=lambda j: float(rel[at + j]))
                by[g[1]][2].append(g[3][best][1] == 1)
            at += k
    return {k: {"auc": round(auc(s, y), 3), "first": round(sum(f) / len(f), 3) if f else None} for k, (s, y, f) in sorted(by.items())}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--start", required=True)
    a.add_argument("--base", required=True, help="folder with the tokenizer")
    a.add_argument("--work", required=True)
    a.add_argument("--minutes", type=float, default=55)
    a.add_argument("--lr", type=float, default=8e-5)
    a.add_argument("--head-lr", type=float, default=4e-4)
    a.add_argument("--micro", type=int, default=8, help="groups in a micro-batch")
    a.add_argument("--accumulate", type=int, default=2)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--limit", type=int, help="read only so many groups (for a trial)")
    a.add_argument("--train", nargs="+", default=["reader-train.jsonl"], help="files in WORK")
    a.add_argument("--dev", nargs="+", default=["reader-dev.jsonl"], help="files in WORK")
    a.add_argument("--dev-groups", type=int, default=400, help="groups of each dev file to look at")
    a.add_argument("--out", default="reader.safetensors", help="checkpoint in WORK")
    a.add_argument("--dtype", choices=["bfloat16", "float32"], default="bfloat16", help="float32 where the processor has no bf16")
    a.add_argument("--freeze", type=int, default=0, help="lowest layers to leave as they are")
    a.add_argument("--save", type=int, default=400, help="seconds between two checkpoints")
    a.add_argument("--seed", type=int, default=9)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng, work = random.Random(a.seed), Path(a.work)
    tokenizer = load_tokenizer(a.base)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    train = [g for name in a.train for g in encode_groups(tokenizer, work / name, a.limit)]
    dev = [g for name in a.dev for g in encode_groups(tokenizer, work / name, a.dev_groups)]
    model, _ = load_reader(a.start)
    freeze(model.enc, a.freeze)
    names = [n for n, p in model.named_parameters() if p.requires_grad and "pooler" not in n]
    live = dict(model.named_parameters())
    master = {n: live[n].detach().clone().float().to(a.device) for n in names}
    model.to(a.device, getattr(torch, a.dtype))
    live = dict(model.named_parameters())
    heads = [master[n] for n in names if n.startswith("ans.")]
    body = [master[n] for n in names if not n.startswith("ans.")]
    optimiser = torch.optim.AdamW([{"params": body, "peak": a.lr}, {"params": heads, "peak": a.head_lr}],
                                  lr=a.lr, betas=(0.9, 0.98), weight_decay=0.01)

    def checkpoint():
        state = {n: p.detach().cpu() for n, p in model.state_dict().items()}
        state.update({n: m.cpu() for n, m in master.items()})
        state = {n: p.half().contiguous() for n, p in state.items()}
        save_file(state, str(work / f"{a.out}.part"))
        (work / f"{a.out}.part").replace(work / a.out)

    tokens_of = lambda g: sum(len(x[0]) for x in g[2])
    print(len(train), "groups, mean tokens", sum(map(tokens_of, train)) / len(train),
          {b: sum(g[0] == b for g in train) for b in BUCKETS}, flush=True)
    source, begin, saved, step, tokens, sums = batches(train, a.micro, rng), time.time(), time.time(), 0, 0, torch.zeros(4)
    log = (work / "reader-train.log.jsonl").open("a")
    while (done := (time.time() - begin) / 60 / a.minutes) < 1:
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * min(1, (step + 1) / 60) * max(0.01, 1 - done)
        for _ in range(a.accumulate):
            part = next(source)
            loss, pieces = loss_of(model, part, a.device)
            (loss / a.accumulate).backward()
            sums += torch.tensor([float(torch.as_tensor(x).detach()) for x in pieces]) / a.accumulate
            tokens += sum(map(tokens_of, part))
        for n in names:
            master[n].grad = live[n].grad.float() if live[n].grad is not None else None
            live[n].grad = None
        torch.nn.utils.clip_grad_norm_(list(master.values()), 1.0)
        optimiser.step()
        with torch.no_grad():
            for n in names:
                live[n].copy_(master[n])
        step += 1
        if step % 25 == 0:
            line = {"step": step, "minutes": round((time.time() - begin) / 60, 2), "tokens_per_second": round(tokens / (time.time() - begin)),
                    **{k: round(float(v) / 25, 4) for k, v in zip(("rank", "point", "answerable", "span"), sums)}}
            sums.zero_()
            if time.time() - saved > a.save:
                checkpoint()
                line["dev"], saved = evaluate(model, dev, a.device), time.time()
            print(json.dumps(line), flush=True)
            log.write(json.dumps(line) + "\n")
            log.flush()
    checkpoint()
    print(json.dumps({"steps": step, "dev": evaluate(model, dev, a.device)}))


if __name__ == "__main__":
    main()
