"""The reader checkpoint to ONNX int8.

    python export_reader.py --start CHECKPOINT.safetensors --base BASES/minilm --work WORK --out ../reader

Outputs: relevance [batch], answerable [batch] (logits), start_logits and
end_logits [batch, sequence] (not masked: look at passage tokens only). A
checkpoint without the third head gives answerable = relevance.
"""
import argparse
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from bert_onnx import Graph, as_feeds, build, encoder, ints, quantise
from files import install, read_lines
from tokens import load_tokenizer, write_layout


def make_graph(w, path):
    g = Graph()
    x, mask = encoder(g, {k.removeprefix("enc."): v for k, v in w.items()}, 6, 12)
    last = g.const(ints(-1))
    cls = g.op("Squeeze", g.op("Slice", x, g.const(ints(0)), g.const(ints(1)), g.const(ints(1))), g.const(ints(1)))
    rel = g.linear(cls, w["rel.weight"], w["rel.bias"], "head_rel")
    g.op("Squeeze", rel, last, name="relevance")
    span = g.linear(x, w["span.weight"], w["span.bias"], "head_span")
    start, end = g.op("Split", span, g.const(ints(1, 1)), axis=-1, outputs=2)
    g.op("Squeeze", start, last, name="start_logits")
    g.op("Squeeze", end, last, name="end_logits")
    if "ans.0.weight" in w:
        inside = g.op("Mul", g.op("Cast", "token_type_ids", to=1), mask)
        hide = g.op("Mul", g.op("Sub", inside, g.const(np.float32(1))), g.const(np.float32(1e4)))
        seen = g.op("Add", g.op("Mul", span, g.op("Unsqueeze", inside, last)), g.op("Unsqueeze", hide, last))
        where = g.op("Transpose", g.op("Softmax", seen, axis=1), perm=[0, 2, 1])
        at = g.op("Reshape", g.op("MatMul", where, x), g.const(ints(0, 768)))
        y = g.op("Gelu", g.linear(g.op("Concat", cls, at, axis=-1), w["ans.0.weight"], w["ans.0.bias"], "head_ans0"))
        g.op("Squeeze", g.linear(y, w["ans.2.weight"], w["ans.2.bias"], "head_ans2"), last, name="answerable")
    else:
        g.op("Identity", "relevance", name="answerable")
    build(g, [("relevance", ["batch"]), ("answerable", ["batch"]),
              ("start_logits", ["batch", "sequence"]), ("end_logits", ["batch", "sequence"])], str(path))


def groups_to_feeds(path, base, groups=260, rows=2):
    """The first `rows` of the first `groups` training groups, as inputs of the graph."""
    from train_reader import encode_row

    tokenizer = load_tokenizer(base)
    chosen = [r for g in list(read_lines(Path(path)))[:groups] for r in g["rows"][:rows]]
    return as_feeds(encode_row(tokenizer, r)[:2] for r in chosen)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--start", required=True, help="reader checkpoint (.safetensors)")
    a.add_argument("--base", required=True, help="folder with the tokenizer")
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--round-by", help="training groups: weights are rounded by what 520 pairs of them do (GPTQ), minutes")
    a.add_argument("--seed", type=int, help="round at random, not to the nearest step")
    a.add_argument("--full-range", action="store_true", help="8-bit weights; wants a processor with VNNI or dot products")
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity; nothing here needs an accelerator")
    a = a.parse_args()
    work, out = Path(a.work), Path(a.out)
    work.mkdir(parents=True, exist_ok=True)
    make_graph({k: v.astype(np.float32) for k, v in load_file(a.start).items()}, work / "reader-fp32.onnx")
    heads = [f"n_head_{n}.mm" for n in ("rel", "span", "ans0", "ans2")]
    quantise(work / "reader-fp32.onnx", work / "reader-int8.onnx", True, not a.full_range, heads, a.seed,
             groups_to_feeds(a.round_by, a.base) if a.round_by else None)
    write_layout(a.base, out, 256)
    install(work / "reader-int8.onnx", out / "onnx" / "model_quantized.onnx")


if __name__ == "__main__":
    main()
