"""The shipped reader (ONNX int8) back to a checkpoint, to train on from it.

    python import_reader.py --model ../reader/onnx/model_quantized.onnx --out WORK/reader.safetensors

Seven-bit rounding costs a little and heals within the first steps of training.
"""
import argparse

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

LAYER = {"attn_out": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
HEADS = {"head_rel": "rel", "head_span": "span", "head_ans0": "ans.0", "head_ans2": "ans.2", "head_held0": "held.0", "head_held2": "held.2"}


def matrices(t):
    """name → (out, in) weights, whether quantised or kept in full precision."""
    for name in t:
        if name.endswith(".weight_quantized"):
            stem = name.removesuffix("_quantized")
            scale, zero = t[stem + "_scale"], t[stem + "_zero_point"].astype(np.float32)
            yield stem.removesuffix(".weight"), ((t[name].astype(np.float32) - zero) * scale).T
        elif name.endswith(".weight") and name.split(".")[0].startswith("head_"):
            yield name.removesuffix(".weight"), t[name].T


def words(t):
    if "words" in t:
        return t["words"].astype(np.float32)
    return t["words_int8"].astype(np.float32) * t["words_scale"].astype(np.float32)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    t = {i.name: numpy_helper.to_array(i) for i in onnx.load(a.model).graph.initializer}
    w = {"enc.embeddings.word_embeddings.weight": words(t), "enc.embeddings.position_embeddings.weight": t["positions"],
         "enc.embeddings.token_type_embeddings.weight": t["types"]}
    for name, matrix in matrices(t):
        bias = t[name + ".bias"]
        if name in HEADS:
            w[HEADS[name] + ".weight"], w[HEADS[name] + ".bias"] = matrix, bias
            continue
        layer, part = name.split(".")
        to = f"enc.encoder.layer.{layer[1:]}."
        if part == "qkv":
            for n, m, b in zip(("query", "key", "value"), np.split(matrix, 3), np.split(bias, 3)):
                w[f"{to}attention.self.{n}.weight"], w[f"{to}attention.self.{n}.bias"] = m, b
        else:
            w[f"{to}{LAYER[part]}.weight"], w[f"{to}{LAYER[part]}.bias"] = matrix, bias
    # the layer norms have no names of their own; they stand in the order in which the encoder was written
    norms = [v for k, v in t.items() if k.startswith("c_") and v.shape == (384,)]
    places = ["enc.embeddings.LayerNorm"] + [f"enc.encoder.layer.{i}.{n}.LayerNorm" for i in range(6) for n in ("attention.output", "output")]
    for i, place in enumerate(places):
        w[place + ".weight"], w[place + ".bias"] = norms[2 * i], norms[2 * i + 1]
    save_file({k: np.ascontiguousarray(v.astype(np.float16)) for k, v in w.items()}, a.out)


if __name__ == "__main__":
    main()
