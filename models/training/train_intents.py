"""Trains the heads of intents and signals on the embedder's vector and writes them as one small ONNX.

    python train_intents.py --embedder ../embedder --work WORK --out ../intents

Needs WORK/intents-train.jsonl and dev/intents.jsonl (make_intents_data.py). Vectors are kept in WORK, so that a
run which was cut off goes on there; the training itself takes some minutes on one core. Input `embedding`
[batch, 384]; outputs `intent` [batch, intents] and `act` [batch, 4] as probabilities, `signals` [batch, 2]
(urgency, frustration; 0...1). For each head every width in WIDTHS and every weight of hand-written texts in
HAND_WEIGHTS is tried; the half `choose` of the development set decides, the half `report` only reports. The chosen
one is trained MEMBERS times, and the mean of their scores is the head. With --smoke it reads and writes WORK/smoke
alone, but for the vectors.
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
# Of the hidden layer; 0 is a linear head.
WIDTHS = [0, 256]
HAND_WEIGHTS = [2.0, 4.0]
MEMBERS = 3
EPOCHS = 25
# Length of the noise on each vector, a different one every round. Without it, or with little weight decay, the heads
# learn the sources by heart: in-scope accuracy of hand-written texts (half `choose`) 0.65, with both 0.77.
NOISE = 0.5
WEIGHT_DECAY = 0.3
SEED = 7
OUT = INTENTS.index("out_of_scope")


class Head(nn.Module):
    def __init__(self, hidden, outputs):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(384, hidden), nn.GELU(), nn.Dropout(0.5), nn.Linear(hidden, outputs)) \
            if hidden else nn.Linear(384, outputs)

    def forward(self, embedding):
        return self.layers(embedding * 10)  # unit vectors of 384 numbers are small


class Mean(nn.Module):
    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, embedding):
        return torch.stack([member(embedding) for member in self.members]).mean(0)


class Heads(nn.Module):
    def __init__(self, intent, act, signals, temperature):
        super().__init__()
        self.intent, self.act, self.signals = intent, act, signals
        self.register_buffer("temperature", torch.tensor([temperature]))

    def forward(self, embedding):
        intent = self.intent(embedding) / self.temperature
        return torch.softmax(intent, -1), torch.softmax(self.act(embedding), -1), torch.sigmoid(self.signals(embedding))


def variants(example, rng):
    """As written, and as typed in a hurry: lower case, no marks."""
    text = example["text"]
    yield text
    bare = text.lower().rstrip("?.! ")
    if bare != text and bare and (example["src"].startswith("hand") or rng.random() < 0.3):
        yield bare


def targets(examples):
    """intent and act [n], -1 where not said; signals [n, 2], NaN where not said."""
    index = lambda names, value: names.index(value) if value is not None else -1
    number = lambda value: float("nan") if value is None else value
    return {"intent": torch.tensor([index(INTENTS, e["intent"]) for e in examples]),
            "act": torch.tensor([index(ACTS, e["act"]) for e in examples]),
            "signals": torch.tensor([[number(e["urgency"]), number(e["frustration"])] for e in examples])}


def weights_of(examples, hand_weight):
    """Hand-written texts count more, and an intent with many examples less (square root)."""
    sizes = np.bincount([INTENTS.index(e["intent"]) for e in examples if e["intent"]], minlength=len(INTENTS))
    median = np.median(sizes)
    out = []
    for e in examples:
        size = sizes[INTENTS.index(e["intent"])] if e["intent"] else median
        out.append((median / max(size, 1)) ** 0.5 * (hand_weight if e["src"].startswith("hand") else 1.0))
    weight = torch.tensor(out, dtype=torch.float32)
    return weight / weight.mean()


def loss_of(head, logits, target):
    """One loss a text; texts that say nothing about the head are not asked."""
    if head == "intent":
        return nn.functional.cross_entropy(logits, target, label_smoothing=0.1, reduction="none")
    if head == "act":
        return nn.functional.cross_entropy(logits, target, reduction="none")
    # Calm texts are nine of ten; without weight the head would say calm always.
    loss = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (loss * (1 + 4 * (target > 0.25))).sum(-1)


def train(head, x, target, weight, hidden, epochs, seed, batch=256):
    torch.manual_seed(seed)
    said = ~torch.isnan(target).any(-1) if head == "signals" else target >= 0
    x, target, weight = x[said], target[said], weight[said]
    model = Head(hidden, {"intent": len(INTENTS), "act": len(ACTS), "signals": 2}[head])
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=WEIGHT_DECAY)
    steps = epochs * (len(weight) // batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps + 1)
    for _ in range(epochs):
        model.train()
        for rows in torch.randperm(len(weight)).split(batch):
            optimiser.zero_grad()
            noisy = x[rows] + NOISE / x.shape[1] ** 0.5 * torch.randn_like(x[rows])
            (weight[rows] * loss_of(head, model(noisy), target[rows])).mean().backward()
            optimiser.step()
            schedule.step()
    return model.eval()


def fit_temperature(logits, target):
    """One number, so that 0.9 means nine of ten: the likelihood is highest there."""
    grid = torch.linspace(0.4, 2.5, 43)
    losses = [nn.functional.cross_entropy(logits / t, target).item() for t in grid]
    return grid[int(np.argmin(losses))].item()


def share(mask):
    return round(mask.float().mean().item(), 4)


def intent_figures(logits, target, examples):
    guess, inside = logits.argmax(-1), (target >= 0) & (target != OUT)
    hand = torch.tensor([e["src"].split("+")[0] == "hand" for e in examples])
    right = guess == target
    per = {name: share(right[target == i]) for i, name in enumerate(INTENTS) if (target == i).any()}
    return {"texts": int((target >= 0).sum()), "accuracy": share(right[target >= 0]), "in_scope_accuracy": share(right[inside]),
            "in_scope_accuracy_hand_written": share(right[inside & hand]), "out_of_scope_recall": share(right[target == OUT]),
            "in_scope_called_out_of_scope": share(guess[inside] == OUT),
            "macro_recall": round(float(np.mean(list(per.values()))), 4), "per_intent": per}


def act_figures(logits, target, examples):
    right = logits.argmax(-1) == target
    hand = torch.tensor([e["src"].startswith("hand") for e in examples])
    per = {name: share(right[target == i]) for i, name in enumerate(ACTS) if (target == i).any()}
    return {"act_accuracy": share(right[target >= 0]), "act_accuracy_hand_written": share(right[(target >= 0) & hand]),
            "act_recall": per}


def signal_figures(logits, target, examples):
    """Area under the curve: 0.5 and more against 0.2 and less."""
    out = {}
    for column, name in enumerate(("urgency", "frustration")):
        high, low = logits[target[:, column] >= 0.5, column], logits[target[:, column] <= 0.2, column]
        out[f"{name}_auc"] = share(high[:, None] > low[None, :])
    return out


FIGURES = {"intent": intent_figures, "act": act_figures, "signals": signal_figures}
# What the choice looks at, averaged.
CHOICE = {"intent": ["in_scope_accuracy", "in_scope_accuracy_hand_written", "out_of_scope_recall"],
          "act": ["act_accuracy", "act_accuracy_hand_written"], "signals": ["urgency_auc", "frustration_auc"]}


def calibration_error(probabilities, target):
    """Expected calibration error over ten bins of equal mass."""
    said = target >= 0
    confidence, guess = probabilities[said].max(-1)
    right, order = (guess == target[said]).float(), torch.argsort(confidence)
    error = sum(len(rows) * abs(right[rows].mean() - confidence[rows].mean()) for rows in order.chunk(10))
    return round(float(error) / len(order), 4)


def choose(head, data, half, epochs):
    """The best head on the half that chooses, and its shape."""
    (x, target, weights), (dev_x, dev_target, dev) = data, half
    best = None
    for hidden in WIDTHS:
        for hand_weight, weight in weights.items():
            model = train(head, x, target[head], weight, hidden, epochs, SEED)
            with torch.no_grad():
                figures = FIGURES[head](model(dev_x), dev_target[head], dev)
            score = float(np.mean([figures[name] for name in CHOICE[head]]))
            shape = {"hidden": hidden, "hand_weight": hand_weight, "score": round(score, 4)}
            print(head, json.dumps({**shape, **{k: v for k, v in figures.items() if not isinstance(v, dict)}}), flush=True)
            if best is None or score > best[1]["score"]:
                best = (model, shape)
    model, shape = best
    others = [train(head, x, target[head], weights[shape["hand_weight"]], shape["hidden"], epochs, SEED + i)
              for i in range(1, MEMBERS)]
    return Mean([model, *others]).eval(), shape


def export(model, target):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    part = Path(target).with_suffix(".tmp")
    part.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model, (torch.zeros(2, 384),), str(part), input_names=["embedding"],
                      output_names=["intent", "act", "signals"], opset_version=17, dynamo=False,
                      dynamic_axes={n: {0: "batch"} for n in ("embedding", "intent", "act", "signals")})
    small = part.with_suffix(".int8.onnx")  # a quarter of the size; probabilities move by at most 0.01
    quantize_dynamic(str(part), str(small), per_channel=True, weight_type=QuantType.QInt8, reduce_range=True)
    install(small, target)
    small.unlink()
    part.unlink()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--embedder", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--out", help="the folder of the model; --smoke does without")
    a.add_argument("--smoke", action="store_true", help="600 texts, three rounds, nothing worth keeping")
    args = a.parse_args()
    if not args.out and not args.smoke:
        a.error("--out is needed, except with --smoke")
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    work = Path(args.work) / "smoke" if args.smoke else Path(args.work)
    out = work / "intents" if args.smoke else Path(args.out)
    vectors = Vectors(args.embedder, args.work)
    examples = list(read_lines(work / "intents-train.jsonl"))
    dev = list(read_lines(work / "intents-dev.jsonl" if args.smoke else HERE / "dev" / "intents.jsonl"))
    if args.smoke:
        examples, dev = rng.sample(examples, min(600, len(examples))), rng.sample(dev, min(200, len(dev)))
    examples = [{**e, "text": text} for e in examples for text in variants(e, rng)]
    data = (torch.from_numpy(vectors([e["text"] for e in examples])), targets(examples),
            {w: weights_of(examples, w) for w in HAND_WEIGHTS})
    halves = {}
    for name in ("choose", "report"):
        part = [e for e in dev if e["half"] == name]
        halves[name] = (torch.from_numpy(vectors([e["text"] for e in part])), targets(part), part)

    chosen = {head: choose(head, data, halves["choose"], 3 if args.smoke else EPOCHS) for head in FIGURES}
    dev_x, dev_target, _ = halves["choose"]
    said = dev_target["intent"] >= 0
    with torch.no_grad():
        temperature = fit_temperature(chosen["intent"][0](dev_x)[said], dev_target["intent"][said])
    model = Heads(*(chosen[head][0] for head in ("intent", "act", "signals")), temperature).eval()
    report = {"training_texts": len(examples), "temperature": round(temperature, 2),
              "shapes": {head: shape for head, (_, shape) in chosen.items()}}
    for name, (x, target, part) in halves.items():
        with torch.no_grad():
            figures = {k: v for head in FIGURES for k, v in FIGURES[head](chosen[head][0](x), target[head], part).items()}
            figures["expected_calibration_error"] = calibration_error(model(x)[0], target["intent"])
        report[name] = figures
        print(name, json.dumps(figures), flush=True)
    export(model, out / "onnx" / "model.onnx")
    # transformers.js chooses the way to run a graph by this; the graph is no BERT.
    write_json(out / "config.json", {"model_type": "bert"})
    labels = {"intents": INTENTS, "acts": ACTS, "signals": ["urgency", "frustration"]}
    write_json(out / "labels.json", {**labels, "embedder_sha256": vectors.identity})
    write_json(work / "intents-figures.json", report)


if __name__ == "__main__":
    main()
