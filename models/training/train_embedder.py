"""Fine-tunes the embedder on help-desk questions and their passages, and keeps what it knew.

    python train_embedder.py --base BASES/minilm --data DATA --work WORK --minutes 30

Contrastive loss over a batch (van den Oord et al. 2018) at temperature .05: most of a
batch comes from two businesses, so that their neighbours are the hard negatives. In some
of these batches the question looks for its sentence instead, with the other sentences of
the same passage beside it: the product compares questions with sentences too. Other
batches are questions of DATA, so that the general ones are not forgotten. Writes
WORK/embedder.safetensors, the mean of --keep of the base and the rest of what was
trained (Wortsman et al. 2022), and prints MRR@10 of both and of other means on the
help-desk development set and on general ones.
"""
import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

from desk import headed, passages
from files import read_lines
from text import is_dev, noisy, split_sentences
from tokens import BERT_CONFIG, load_tokenizer

TEMPERATURE = .05
LONGEST = 192  # tokens of a text, in training
OTHERS = 3  # other sentences of its passage beside each sentence that is looked for
# how often a source of DATA is drawn; headings of documentation count as one
SOURCES = {"squad1.1": 5, "faq-heading": 2, "medquad": 1.5, "clapnq-dev": 1, "dstc9-faq": 1, "covid-qa": .5}


def load_encoder(path):
    from transformers import BertConfig, BertModel
    model = BertModel(BertConfig(**BERT_CONFIG, attn_implementation="sdpa"), add_pooling_layer=False)
    state = {k.removeprefix("bert."): v.float() for k, v in load_file(str(path)).items() if v.is_floating_point()}
    missing, _ = model.load_state_dict(state, strict=False)
    assert not missing, missing
    return model


def vectors(model, tokenizer, texts, device, limit=LONGEST):
    """Unit vectors [texts, 384]: the mean of the tokens."""
    ids = [e.ids[:limit - 1] + [102] if len(e.ids) > limit else e.ids for e in tokenizer.encode_batch(texts)]
    n = max(map(len, ids))
    rows = torch.tensor([x + [0] * (n - len(x)) for x in ids], device=device)
    mask = torch.tensor([[1] * len(x) + [0] * (n - len(x)) for x in ids], device=device)
    h = model(input_ids=rows, attention_mask=mask).last_hidden_state
    m = mask.unsqueeze(-1).float()
    return F.normalize((h * m).sum(1) / m.sum(1), dim=1), sum(map(len, ids))


@torch.no_grad()
def embed_all(model, tokenizer, texts, device, batch=32):
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = torch.zeros(len(texts), 384)
    for i in range(0, len(order), batch):
        part = order[i:i + batch]
        out[part] = vectors(model, tokenizer, [texts[j] for j in part], device, 256)[0].cpu()
    return out


def questions(data, dev):
    """source → [(question, passage)] of the documents kept for development, or of all others."""
    by = defaultdict(list)
    for r in read_lines(Path(data) / "qa.train.jsonl.xz"):
        source = r["src"].split(":")[0]
        if source in SOURCES and r.get("p") and is_dev(r.get("title") or r["p"][:60]) == dev:
            by[source].append((r["q"], r["p"]))
    return by


def mrr(questions, corpus, gold, k=10):
    """`gold` holds the set of right passages a question."""
    scores = questions @ corpus.T
    best = scores.topk(k).indices.tolist()
    return float(np.mean([next((1 / (n + 1) for n, i in enumerate(row) if i in g), 0) for row, g in zip(best, gold)]))


def development(data):
    """name → (questions, passages, gold)."""
    records = passages(True)
    texts, asked, gold = [f"{r['title']} > {r['heading']}: {r['text']}" for r in records], [], []
    for i, r in enumerate(records):
        for f in r["facts"]:
            for q in [f["ask"], *f["ways"]]:
                asked.append(q)
                gold.append({i})
    out = {"desk": (asked, texts, gold)}
    rng, corpus = random.Random(3), {}
    found = {source: rng.sample(rows, min(len(rows), 250)) for source, rows in sorted(questions(data, True).items()) if len(rows) > 50}
    for rows in found.values():
        for _, p in rows:
            corpus.setdefault(p, len(corpus))
    for source, rows in found.items():
        out[source] = ([q for q, _ in rows], list(corpus), [{corpus[p]} for _, p in rows])
    return out


def sentence_sets():
    """[(questions, sentences of one passage, index of the one that answers each)] of the development businesses."""
    out = []
    for r in passages(True):
        heading = f"{r['title']} > {r['heading']}"
        sentences = split_sentences(r["text"])
        asked, gold = [], []
        for f in r["facts"]:
            at = next((i for i, x in enumerate(sentences) if f["span"] in x), None)
            if at is not None:
                asked += [f["ask"], *f["ways"]]
                gold += [at] * (1 + len(f["ways"]))
        if asked and len(sentences) > 1:
            out.append((asked, [f"{heading}: {x}" for x in sentences], gold))
    return out


def sentences_found(model, tokenizer, device):
    """Share of the development questions whose nearest sentence of the right passage is the one that answers."""
    sets = sentence_sets()
    asked = embed_all(model, tokenizer, [q for x, _, _ in sets for q in x], device)
    texts = embed_all(model, tokenizer, [t for _, x, _ in sets for t in x], device)
    i = j = right = 0
    for questions_, sentences, gold in sets:
        scores = asked[i:i + len(questions_)] @ texts[j:j + len(sentences)].T
        right += int((scores.argmax(1) == torch.tensor(gold)).sum())
        i, j = i + len(questions_), j + len(sentences)
    return round(right / i, 4)


def measure(model, tokenizer, sets, device):
    kept = {}
    out = {}
    for name, (asked, texts, gold) in sets.items():
        key = len(texts)
        if key not in kept:
            kept[key] = embed_all(model, tokenizer, texts, device)
        out[name] = round(mrr(embed_all(model, tokenizer, asked, device), kept[key], gold), 4)
    general = [v for k, v in out.items() if k != "desk"]
    out["desk sentence"] = sentences_found(model, tokenizer, device)
    return {**out, "general": round(sum(general) / len(general), 4)} if general else out


def drawn(rng, size):
    """Endless draws of `size` passages: two in five from each of two businesses."""
    by = defaultdict(list)
    for r in passages(False):
        by[r["file"]].append(r)
    names = sorted(by)
    while True:
        picked = [r for name in rng.sample(names, 2) for r in rng.sample(by[name], min(2 * size // 5, len(by[name])))]
        yield picked + [rng.choice(by[rng.choice(names)]) for _ in range(size - len(picked))]


def asked_of(rng, fact):
    return noisy(rng, rng.choice([fact["ask"], *fact["ways"], *fact["ways"]]))


def desk_batches(rng, size):
    """Endless batches of (question, passage, key, []), most of a batch of two businesses."""
    for picked in drawn(rng, size):
        yield [(asked_of(rng, rng.choice(r["facts"])), headed(rng, r), r["id"], []) for r in picked]


def sentence_batches(rng, size):
    """The same of (question, sentence, key, other sentences of its passage)."""
    for picked in drawn(rng, size):
        out = []
        for r in picked:
            heading, _, _ = headed(rng, {**r, "text": ""}).rpartition(": ")
            sentences = split_sentences(r["text"])
            fact = rng.choice(r["facts"])
            own = next((x for x in sentences if fact["span"] in x), fact["sentence"])
            others = [x for x in sentences if x != own and fact["span"] not in x]
            rng.shuffle(others)
            of = lambda x: f"{heading}: {x}" if heading else x
            out.append((asked_of(rng, fact), of(own), of(own), [of(x) for x in others[:OTHERS]]))
        yield out


def general_batches(rng, data, size):
    by = questions(data, False)
    names = [n for n in SOURCES if len(by[n]) > size]
    while True:
        own = rng.choices(names, [SOURCES[n] for n in names])[0]
        yield [(q, p, p[:80], []) for q, p in rng.sample(by[own], size)]


def loss_of(model, tokenizer, batch, device, dtype):
    with torch.autocast(device, dtype=dtype, enabled=dtype != torch.float32):
        q, n = vectors(model, tokenizer, [x[0] for x in batch], device)
        p, m = vectors(model, tokenizer, [x[1] for x in batch], device)
        others = [x for row in batch for x in row[3]]
        o, k = vectors(model, tokenizer, others, device) if others else (p[:0], 0)
    q, p, o = q.float(), p.float(), o.float()
    scores = q @ p.T / TEMPERATURE
    keys = [x[2] for x in batch]
    same = torch.tensor([[a == b for b in keys] for a in keys], device=device)
    twin = same & ~torch.eye(len(keys), dtype=torch.bool, device=device)
    scores = scores.masked_fill(twin, -1e4)
    at = torch.arange(len(batch), device=device)
    beside = torch.cat([scores, q @ o.T / TEMPERATURE], dim=1)
    return (F.cross_entropy(beside, at) + F.cross_entropy(scores.T, at)) / 2, n + m + k


def mean_of(base, tuned, keep):
    return {k: base[k] * keep + tuned[k] * (1 - keep) for k in base}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--base", required=True)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--start", help="WORK/embedder-tuned.safetensors of an earlier run, to go on from")
    a.add_argument("--minutes", type=float, default=30)
    a.add_argument("--lr", type=float, default=3e-5)
    a.add_argument("--batch", type=int, default=48)
    a.add_argument("--desk", type=float, default=.65, help="share of batches of help-desk passages")
    a.add_argument("--sentences", type=float, default=.35, help="share of those in which sentences are looked for")
    a.add_argument("--dtype", default="bfloat16", choices=["float32", "bfloat16"])
    a.add_argument("--keep", type=float, default=.4, help="share of the base in the checkpoint")
    a.add_argument("--freeze", type=int, default=3, help="lowest layers to leave as they are")
    a.add_argument("--seed", type=int, default=5)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(1)
    rng, work = random.Random(a.seed), Path(a.work)
    work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(a.base)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = load_encoder(Path(a.base) / "model.safetensors").to(a.device)
    base = {k: v.clone() for k, v in model.state_dict().items()}
    sets = development(a.data)
    print(json.dumps({"base": measure(model, tokenizer, sets, a.device), "questions": {k: len(s[0]) for k, s in sets.items()}}), flush=True)
    if a.start:
        model.load_state_dict(load_file(a.start))
    for part in [model.embeddings, *model.encoder.layer[:a.freeze]]:
        part.requires_grad_(False)
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=a.lr, weight_decay=.01)
    desk, general = desk_batches(rng, a.batch), general_batches(rng, a.data, a.batch)
    sentences, dtype = sentence_batches(rng, a.batch), getattr(torch, a.dtype)
    begin, step, tokens, total = time.time(), 0, 0, 0.0
    while (done := (time.time() - begin) / 60 / a.minutes) < 1:
        for g in optimiser.param_groups:
            g["lr"] = a.lr * min(1, (step + 1) / 20) * max(.01, 1 - done)
        source = general if rng.random() >= a.desk else sentences if rng.random() < a.sentences else desk
        loss, n = loss_of(model, tokenizer, next(source), a.device, dtype)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step, tokens, total = step + 1, tokens + n, total + float(loss.detach())
        if step % 200 == 0:
            save_file({k: v.cpu().contiguous() for k, v in model.state_dict().items()}, str(work / "embedder-part.safetensors"))
        if step % 20 == 0:
            print(json.dumps({"step": step, "minutes": round((time.time() - begin) / 60, 2), "loss": round(total / 20, 4),
                              "tokens_per_second": round(tokens / (time.time() - begin))}), flush=True)
            total = 0.0
    tuned = {k: v.clone() for k, v in model.state_dict().items()}
    for keep in sorted({0.0, .3, .5, .7, a.keep}):
        mean = mean_of(base, tuned, keep)
        model.load_state_dict(mean)
        print(json.dumps({"keep": keep, **measure(model, tokenizer, sets, a.device)}), flush=True)
    save_file({k: v.cpu().contiguous() for k, v in tuned.items()}, str(work / "embedder-tuned.safetensors"))
    save_file({k: v.cpu().contiguous() for k, v in mean_of(base, tuned, a.keep).items()}, str(work / "embedder.safetensors"))


if __name__ == "__main__":
    main()
