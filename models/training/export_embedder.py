"""all-MiniLM-L6-v2 to ONNX int8, mean pooling and unit length inside the graph.

    python export_embedder.py --base BASES/minilm --weights WORK/embedder.safetensors --data DATA --work WORK --out ../embedder

Measures the cosine between the full-precision and the int8 vectors on texts
drawn from the training data and writes it to WORK/embedder-report.json.
"""
import argparse
import random
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort
from safetensors.numpy import load_file

from bert_onnx import Graph, build, encoder, ints, quantise
from files import install, read_lines, write_json
from tokens import load_tokenizer, write_layout

# Seven of the eight bits: processors without VNNI add pairs of products in 16
# bits and would otherwise overflow now and then; costs 0.001 of cosine.
SHIPPED = "per-channel 7-bit"


def make_graph(weights, path):
    g = Graph()
    x, mask = encoder(g, weights, 6, 12, words=16)
    m = g.op("Unsqueeze", mask, g.const(ints(2)))
    total = g.op("ReduceSum", g.op("Mul", x, m), g.const(ints(1)), keepdims=0)
    count = g.op("Max", g.op("ReduceSum", m, g.const(ints(1)), keepdims=0), g.const(np.float32(1)))
    mean = g.op("Div", total, count)
    length = g.op("Max", g.op("ReduceL2", mean, g.const(ints(1)), keepdims=1), g.const(np.float32(1e-12)))
    g.op("Div", mean, length, name="embedding")
    build(g, [("embedding", ["batch", 384])], str(path))


def embed(session, tokenizer, texts, batch=8, limit=256):
    out = []
    for i in range(0, len(texts), batch):
        rows = [e.ids[:limit - 1] + [102] if len(e.ids) > limit else e.ids
                for e in tokenizer.encode_batch(texts[i:i + batch])]
        n = max(map(len, rows))
        ids = np.array([r + [0] * (n - len(r)) for r in rows], np.int64)
        mask = np.array([[1] * len(r) + [0] * (n - len(r)) for r in rows], np.int64)
        out.append(session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0})[0])
    return np.concatenate(out)


def session(path, threads=1):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def sample_texts(data, n, seed=7):
    """Questions, opening sentences and whole passages, a third each."""
    rows = [(r["q"], r["p"]) for r in read_lines(Path(data) / "qa.train.jsonl.xz")]
    random.Random(seed).shuffle(rows)
    third = n // 3
    return ([q for q, _ in rows[:third]] + [p[:150] for _, p in rows[third:2 * third]]
            + [p[:1200] for _, p in rows[2 * third:n]])


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--base", required=True, help="folder with model.safetensors and tokenizer.json")
    a.add_argument("--weights", help="what train_embedder.py wrote; without it the base's own")
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--texts", type=int, default=900)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity; nothing here needs an accelerator")
    a = a.parse_args()
    work, out = Path(a.work), Path(a.out)
    work.mkdir(parents=True, exist_ok=True)
    weights = {k.removeprefix("bert."): v.astype(np.float32) for k, v in load_file(a.weights or Path(a.base) / "model.safetensors").items()
               if v.dtype != np.int64}
    make_graph(weights, work / "embedder-fp32.onnx")
    write_layout(a.base, out, 256)
    tokenizer = load_tokenizer(out)
    texts = sample_texts(a.data, a.texts)
    full = embed(session(work / "embedder-fp32.onnx"), tokenizer, texts)
    report, best = {"texts": len(texts), "variants": {}}, None
    for per_channel in (True, False):
        for reduce_range in (False, True):
            path = work / f"embedder-int8-{int(per_channel)}{int(reduce_range)}.onnx"
            quantise(work / "embedder-fp32.onnx", path, per_channel, reduce_range)
            start = time.time()
            cos = (full * embed(session(path), tokenizer, texts)).sum(1)
            label = ("per-channel" if per_channel else "per-tensor") + (" 7-bit" if reduce_range else "")
            report["variants"][label] = {"cosine_mean": round(float(cos.mean()), 5), "cosine_p1": round(float(np.quantile(cos, .01)), 5),
                                         "cosine_min": round(float(cos.min()), 5), "bytes": path.stat().st_size,
                                         "seconds": round(time.time() - start, 1)}
            print(label, report["variants"][label], flush=True)
            if label == SHIPPED:
                best = path
    report["shipped"] = SHIPPED
    install(best, out / "onnx" / "model_quantized.onnx")
    write_json(work / "embedder-report.json", report)


if __name__ == "__main__":
    main()
