"""Trains the heads of intents and signals on the embedder's vector and writes them as one small ONNX.

    python train_intents.py --embedder ../embedder --work WORK --out ../intents

Needs WORK/intents-train.jsonl and dev/intents.jsonl (make_intents_data.py). Vectors are kept in WORK, so that a
run which was cut off goes on there; the training itself takes a minute or two on one core. Input `embedding`
[batch, 384]; outputs `intent` [batch, intents] and `act` [batch, 4] as probabilities, `signals` [batch, 2]
(urgency, frustration; 0...1). Every shape that stands in SHAPES is tried and the best on the development set kept.
"""
import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn

from files import install, read_lines, write_json
from intent_labels import ACTS, INTENTS
from intent_vectors import Vectors

HERE = Path(__file__).parent
SHAPES = {"linear": 0, "mlp256": 256}
EPOCHS = 40
SEED = 7


class Heads(nn.Module):
    """A body (none for a linear model) under three heads; the signals see the vector itself as well."""

    def __init__(self, hidden):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(384, hidden), nn.GELU(), nn.Dropout(0.3)) if hidden else nn.Identity()
        width = hidden or 384
        self.intent = nn.Linear(width, len(INTENTS))
        self.act = nn.Linear(width, len(ACTS))
        self.signals = nn.Linear(width, 2)
        # Fitted on the development set after training, so that 0.9 means nine of ten.
        self.register_buffer("temperature", torch.ones(1))

    def logits(self, embedding):
        body = self.body(embedding * 20)  # unit vectors of 384 numbers are small
        return self.intent(body), self.act(body), self.signals(body)

    def forward(self, embedding):
        intent, act, signals = self.logits(embedding)
        return torch.softmax(intent / self.temperature, -1), torch.softmax(act, -1), torch.sigmoid(signals)


def variants(example, rng):
    """As written, and as typed in a hurry: lower case, no marks."""
    text = example["text"]
    yield text
    bare = text.lower().rstrip("?.! ")
    if bare != text and bare and (example["src"].startswith("hand") or rng.random() < 0.3):
        yield bare


def tensors(examples, vectors):
    """vectors [n, 384]; intent and act [n], -1 where not said; signals [n, 2], NaN where not said."""
    index = lambda names, value: names.index(value) if value is not None else -1
    nan = float("nan")
    number = lambda value: nan if value is None else value
    return (torch.from_numpy(vectors([e["text"] for e in examples])),
            torch.tensor([index(INTENTS, e["intent"]) for e in examples]),
            torch.tensor([index(ACTS, e["act"]) for e in examples]),
            torch.tensor([[number(e["urgency"]), number(e["frustration"])] for e in examples], dtype=torch.float32))


def weights_of(examples):
    """Hand-written texts count more, and an intent with many examples less (square root)."""
    sizes = np.bincount([INTENTS.index(e["intent"]) for e in examples if e["intent"]], minlength=len(INTENTS))
    median = np.median(sizes)
    out = []
    for e in examples:
        size = sizes[INTENTS.index(e["intent"])] if e["intent"] else median
        out.append((median / max(size, 1)) ** 0.5 * (2.0 if e["src"].startswith("hand") else 1.0))
    return torch.tensor(out, dtype=torch.float32)


def loss_of(model, x, intent, act, signals, weight):
    li, la, ls = model.logits(x)
    total = (weight * nn.functional.cross_entropy(li, intent.clamp(min=0), label_smoothing=0.05, reduction="none")
             * (intent >= 0)).mean()
    total = total + 0.5 * (nn.functional.cross_entropy(la, act.clamp(min=0), reduction="none") * (act >= 0)).mean()
    known = ~torch.isnan(signals)
    bce = nn.functional.binary_cross_entropy_with_logits(ls, torch.nan_to_num(signals), reduction="none")
    # Calm texts are nine of ten; without weight the head would say calm always.
    return total + (bce * known * (1 + 4 * (torch.nan_to_num(signals) > 0.25))).mean()


def train(data, weight, hidden, epochs, batch=256):
    torch.manual_seed(SEED)
    model = Heads(hidden)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    steps = epochs * (len(weight) // batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps + 1)
    for _ in range(epochs):
        model.train()
        for rows in torch.randperm(len(weight)).split(batch):
            optimiser.zero_grad()
            loss_of(model, *(part[rows] for part in data), weight[rows]).backward()
            optimiser.step()
            schedule.step()
    return model.eval()


def fit_temperature(model, x, intent):
    """One number; the development set's likelihood is highest there."""
    with torch.no_grad():
        logits = model.logits(x)[0][intent >= 0]
    target = intent[intent >= 0]
    grid = torch.linspace(0.4, 2.5, 43)
    losses = [nn.functional.cross_entropy(logits / t, target).item() for t in grid]
    model.temperature.fill_(grid[int(np.argmin(losses))].item())


def measure(model, data, examples):
    x, intent, act, signals = data
    with torch.no_grad():
        pi, pa, ps = model(x)
    known, acted = intent >= 0, act >= 0
    guess = pi.argmax(-1)
    right = (guess == intent)[known]
    inside = known & (intent != INTENTS.index("out_of_scope"))
    hand = torch.tensor([e["src"].startswith("hand") for e in examples])
    outside = known & ~inside
    per = {name: round((guess[intent == i] == i).float().mean().item(), 3)
           for i, name in enumerate(INTENTS) if (intent == i).any()}
    def auc(column):
        said = ~torch.isnan(signals[:, column])
        high, low = ps[said & (signals[:, column] >= 0.5), column], ps[said & (signals[:, column] <= 0.2), column]
        return round((high[:, None] > low[None, :]).float().mean().item(), 4)
    def share(mask):
        return round((guess == intent)[mask].float().mean().item(), 4)
    confidence = pi.max(-1).values[known]
    order = torch.argsort(confidence)
    bins = [rows for rows in order.chunk(10)]
    ece = sum(len(rows) * abs(right[rows].float().mean() - confidence[rows].mean()) for rows in bins) / len(order)
    return {"texts": len(examples), "accuracy": share(known), "in_scope_accuracy": share(inside),
            "in_scope_accuracy_hand_written": share(inside & hand), "out_of_scope_recall": share(outside),
            "macro_recall": round(float(np.mean(list(per.values()))), 4),
            "in_scope_called_out_of_scope": round((guess[inside] == INTENTS.index("out_of_scope")).float().mean().item(), 4),
            "act_accuracy": round((pa.argmax(-1) == act)[acted].float().mean().item(), 4),
            "urgency_auc": auc(0), "frustration_auc": auc(1), "expected_calibration_error": round(float(ece), 4),
            "per_intent": per}


def export(model, target):
    part = Path(target).with_suffix(".tmp")
    part.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model, (torch.zeros(2, 384),), str(part), input_names=["embedding"],
                      output_names=["intent", "act", "signals"], opset_version=17, dynamo=False,
                      dynamic_axes={n: {0: "batch"} for n in ("embedding", "intent", "act", "signals")})
    install(part, target)
    part.unlink()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--dev", default=str(HERE / "dev" / "intents.jsonl"))
    a.add_argument("--smoke", action="store_true", help="600 texts, three rounds, nothing worth keeping")
    args = a.parse_args()
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    vectors = Vectors(args.embedder, args.work)
    examples = list(read_lines(Path(args.work) / "intents-train.jsonl"))
    dev = list(read_lines(args.dev))
    if args.smoke:
        examples, dev = rng.sample(examples, min(600, len(examples))), rng.sample(dev, min(150, len(dev)))
    examples = [{**e, "text": text} for e in examples for text in variants(e, rng)]
    data, dev_data, weight = tensors(examples, vectors), tensors(dev, vectors), weights_of(examples)
    best = None
    for name, hidden in SHAPES.items():
        model = train(data, weight, hidden, 3 if args.smoke else EPOCHS)
        fit_temperature(model, dev_data[0], dev_data[1])
        figures = measure(model, dev_data, dev)
        print(name, json.dumps(figures), flush=True)
        if best is None or figures["macro_recall"] > best[1]["macro_recall"]:
            best = (name, figures, model)
    name, figures, model = best
    export(model, Path(args.out) / "onnx" / "model.onnx")
    # transformers.js chooses the way to run a graph by this; the graph is no BERT.
    write_json(Path(args.out) / "config.json", {"model_type": "bert"})
    labels = {"intents": INTENTS, "acts": ACTS, "signals": ["urgency", "frustration"]}
    write_json(Path(args.out) / "labels.json", {**labels, "embedder_sha256": vectors.identity})
    write_json(Path(args.work) / "intents-figures.json", {"shape": name, "training_texts": len(examples), **figures})


if __name__ == "__main__":
    main()
