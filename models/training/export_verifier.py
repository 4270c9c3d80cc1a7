"""The verifier checkpoint to ONNX int8.

    python export_verifier.py --start WORK/verifier.safetensors --base BASES/minilm --work WORK --out ../verifier

Output: held [batch], a logit: positive when the evidence holds the statement.
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
    last, one = g.const(ints(-1)), g.const(np.float32(1))
    cls = g.op("Squeeze", g.op("Slice", x, g.const(ints(0)), g.const(ints(1)), g.const(ints(1))), g.const(ints(1)))
    own = g.op("Unsqueeze", g.op("Mul", mask, g.op("Sub", one, g.op("Cast", "token_type_ids", to=1))), last)
    count = g.op("ReduceSum", own, g.const(ints(1)), keepdims=0)
    mean = g.op("Div", g.op("ReduceSum", g.op("Mul", x, own), g.const(ints(1)), keepdims=0), count)
    hidden = g.op("Sub", x, g.op("Mul", g.op("Sub", one, own), g.const(np.float32(1e4))))
    most = g.op("ReduceMax", hidden, g.const(ints(1)), keepdims=0)
    y = g.op("Gelu", g.linear(g.op("Concat", cls, mean, most, axis=-1), w["held.0.weight"], w["held.0.bias"], "head_held0"))
    g.op("Squeeze", g.linear(y, w["held.2.weight"], w["held.2.bias"], "head_held2"), last, name="held")
    build(g, [("held", ["batch"])], str(path))


def pairs_to_feeds(path, base, pairs=520):
    """The first `pairs` training pairs, as inputs of the graph."""
    from train_verifier import encode_pair

    tokenizer = load_tokenizer(base)
    return as_feeds(encode_pair(tokenizer, r) for r in list(read_lines(Path(path)))[:pairs])


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--start", required=True, help="verifier checkpoint (.safetensors)")
    a.add_argument("--base", required=True, help="folder with the tokenizer")
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--round-by", help="training pairs: weights are rounded by what 520 of them do (GPTQ), minutes")
    a.add_argument("--seed", type=int, help="round at random, not to the nearest step")
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity; nothing here needs an accelerator")
    a = a.parse_args()
    work, out = Path(a.work), Path(a.out)
    work.mkdir(parents=True, exist_ok=True)
    make_graph({k: v.astype(np.float32) for k, v in load_file(a.start).items()}, work / "verifier-fp32.onnx")
    quantise(work / "verifier-fp32.onnx", work / "verifier-int8.onnx", True, True, ["n_head_held0.mm", "n_head_held2.mm"], a.seed,
             pairs_to_feeds(a.round_by, a.base) if a.round_by else None)
    write_layout(a.base, out, 256)
    (out / "tokenizer.json").unlink()  # the reader's serves both
    install(work / "verifier-int8.onnx", out / "onnx" / "model_quantized.onnx")


if __name__ == "__main__":
    main()
