"""LoRA fine-tuning of SmolLM2-135M-Instruct on cited answers and refusals.

    python train_generator.py --base SmolLM2-135M-Instruct.Q4_1.gguf --start ADAPTER.safetensors --work WORK --minutes 60

Reads WORK/generator-train.jsonl and -dev.jsonl, writes WORK/generator-lora.safetensors
every few minutes. The learning rate falls with the wall clock and reaches zero
at the end of `--minutes`, whatever the speed. Loss on the answer's tokens only;
the system prompt, the same for a micro-batch, is read once for all its rows.
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

from files import read_lines

SYSTEM = ("You answer customers of {shop}. Use only the numbered passages. Put the number of the passage after each "
          "sentence. If the passages do not hold the answer, say: I can't find that in our documents.")
KINDS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
STEP = 32  # lengths are padded to multiples of this


def prefix_text(shop):
    return f"<|im_start|>system\n{SYSTEM.format(shop=shop)}<|im_end|>\n<|im_start|>user\n"


def user_text(e):
    passages = "\n\n".join(f"[{i + 1}] {p}" for i, p in enumerate(e["passages"]))
    return f"{passages}\n\nQuestion: {e['question']}<|im_end|>\n<|im_start|>assistant\n"


class Lora(nn.Module):
    def __init__(self, linear, rank, scale):
        super().__init__()
        self.linear, self.scale = linear, scale
        self.a = nn.Parameter(torch.randn(rank, linear.in_features, device=linear.weight.device) / rank)
        self.b = nn.Parameter(torch.zeros(linear.out_features, rank, device=linear.weight.device))

    def forward(self, x):
        return self.linear(x) + F.linear(F.linear(x, self.a.to(x.dtype)), self.b.to(x.dtype) * self.scale)


def load_base(path, dtype):
    from transformers import AutoModelForCausalLM, AutoTokenizer
    folder, name = str(Path(path).parent), Path(path).name
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=dtype, attn_implementation="sdpa")
    return model, tokenizer


def add_lora(model, rank, scale, start=None, frozen=0):
    """Adapters on every projection but those of the `frozen` lowest layers."""
    model.requires_grad_(False)
    state = load_file(start) if start else {}
    found = {}
    for name, module in list(model.named_modules()):
        if name.rsplit(".", 1)[-1] in KINDS and int(name.split(".")[2]) >= frozen:
            parent = model.get_submodule(name.rsplit(".", 1)[0])
            lora = Lora(module, rank, scale)
            if start:
                lora.a.data.copy_(state[name + ".a"].float())
                lora.b.data.copy_(state[name + ".b"].float())
            setattr(parent, name.rsplit(".", 1)[-1], lora)
            found[name] = lora
    return found


def save(loras, path):
    state = {}
    for name, l in loras.items():
        state[name + ".a"] = l.a.detach().half().cpu().contiguous()
        state[name + ".b"] = l.b.detach().half().cpu().contiguous()
    save_file(state, str(path) + ".part")
    Path(str(path) + ".part").replace(path)


def encode(tokenizer, examples, limit):
    rows = []
    for e in examples:
        user = tokenizer(user_text(e), add_special_tokens=False).input_ids
        answer = tokenizer(e["answer"] + "<|im_end|>", add_special_tokens=False).input_ids
        if len(user) + len(answer) <= limit:
            rows.append((user, answer))
    return rows


def batch_loss(model, prefix, rows, device):
    """Sum of the answer tokens' losses and their number, for one micro-batch."""
    from transformers import DynamicCache
    n = max(len(u) + len(a) for u, a in rows)
    n = (n + STEP - 1) // STEP * STEP
    ids = torch.tensor([u + a + [0] * (n - len(u) - len(a)) for u, a in rows], device=device)
    cache = DynamicCache()
    model.model(input_ids=prefix, past_key_values=cache, use_cache=True)
    for layer in cache.layers:
        layer.keys = layer.keys.expand(len(rows), -1, -1, -1)
        layer.values = layer.values.expand(len(rows), -1, -1, -1)
    h = model.model(input_ids=ids, past_key_values=cache, use_cache=True).last_hidden_state
    keep = torch.zeros(ids.shape, dtype=torch.bool)
    for i, (u, a) in enumerate(rows):
        keep[i, len(u) - 1:len(u) + len(a) - 1] = True
    target = torch.tensor([t for _, a in rows for t in a], device=device)
    logits = model.lm_head(h[keep.to(device)]).float()
    return F.cross_entropy(logits, target, reduction="sum"), len(target)


def batches(rows, size, rng, pool=12):
    """Endless micro-batches of similar length."""
    while True:
        order = list(range(len(rows)))
        rng.shuffle(order)
        for i in range(0, len(order) - size * pool + 1, size * pool):
            part = sorted(order[i:i + size * pool], key=lambda j: len(rows[j][0]) + len(rows[j][1]))
            groups = [part[k:k + size] for k in range(0, len(part), size)]
            rng.shuffle(groups)
            for g in groups:
                yield [rows[j] for j in g]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--base", required=True)
    a.add_argument("--start", help="adapter to go on from; without it a fresh one")
    a.add_argument("--work", required=True)
    a.add_argument("--minutes", type=float, default=60)
    a.add_argument("--rank", type=int, default=64)
    a.add_argument("--scale", type=float, default=1.5)
    a.add_argument("--lr", type=float, default=3e-4)
    a.add_argument("--micro", type=int, default=8)
    a.add_argument("--accumulate", type=int, default=3)
    a.add_argument("--limit", type=int, default=352, help="longest example in tokens, without the system prompt")
    a.add_argument("--freeze", type=int, default=0, help="lowest layers to leave as they are: of 30, 12 make a step a third shorter")
    a.add_argument("--dtype", choices=["bfloat16", "float32"], default="bfloat16", help="float32 where the processor has no bf16")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--seed", type=int, default=5)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng, work = random.Random(a.seed), Path(a.work)
    model, tokenizer = load_base(a.base, getattr(torch, a.dtype))
    model.to(a.device)
    loras = add_lora(model, a.rank, a.scale, a.start, a.freeze)
    params = [p for l in loras.values() for p in (l.a, l.b)]
    optimiser = torch.optim.AdamW(params, lr=a.lr, betas=(0.9, 0.98), weight_decay=0.0)
    train = encode(tokenizer, read_lines(work / "generator-train.jsonl"), a.limit)
    dev = encode(tokenizer, list(read_lines(work / "generator-dev.jsonl"))[:64], a.limit)
    shops = sorted({e["shop"] for e in read_lines(work / "generator-train.jsonl")})
    prefixes = [torch.tensor([tokenizer(prefix_text(s), add_special_tokens=False).input_ids], device=a.device) for s in shops]
    print(len(train), "examples, mean length", sum(len(u) + len(x) for u, x in train) / len(train), flush=True)
    source, begin, step, seen, tokens, saved = batches(train, a.micro, rng), time.time(), 0, 0, 0, time.time()
    log = (work / "generator-train.log.jsonl").open("a")

    def evaluate():
        with torch.no_grad():
            part = [batch_loss(model, prefixes[0], dev[i:i + a.micro], a.device) for i in range(0, len(dev), a.micro)]
        return sum(float(l) for l, _ in part) / sum(n for _, n in part)

    while (done := (time.time() - begin) / 60 / a.minutes) < 1:
        for g in optimiser.param_groups:
            g["lr"] = a.lr * min(1, (step + 1) / 10) * max(0.01, 1 - done)
        micro = [next(source) for _ in range(a.accumulate)]
        count = sum(len(x) for m in micro for _, x in m)
        total = 0.0
        for m in micro:
            loss, _ = batch_loss(model, rng.choice(prefixes), m, a.device)
            (loss / count).backward()
            total += float(loss.detach())
            tokens += sum(len(u) + len(x) for u, x in m)
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step, seen = step + 1, seen + sum(map(len, micro))
        line = {"step": step, "examples": seen, "minutes": round((time.time() - begin) / 60, 2), "loss": round(total / count, 4),
                "tokens_per_second": round(tokens / (time.time() - begin))}
        if time.time() - saved > 300:
            save(loras, work / "generator-lora.safetensors")
            line["dev_loss"], saved = round(evaluate(), 4), time.time()
        print(json.dumps(line), flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()
    save(loras, work / "generator-lora.safetensors")
    print("dev loss", round(evaluate(), 4))


if __name__ == "__main__":
    main()
