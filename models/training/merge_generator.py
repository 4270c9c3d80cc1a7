"""Merges a LoRA into SmolLM2-135M-Instruct and writes the GGUF that ships.

    python merge_generator.py --base SmolLM2-135M-Instruct.Q4_1.gguf --lora A.safetensors [--lora B.safetensors] --out ../generator/answerbox-generator-135m-q4_0.gguf

weight + scale * (b @ a) for every adapted matrix (several adapters add up).
Blocks are written as Q4_0 (see --blocks; over a base in Q4_0 by stochastic rounding), the tied embedding as Q8_0, norms as F32. All
key-value fields (tokenizer, chat template, ...) are copied from the base.
GGUF stores attn_q and attn_k with rows permuted for rotary embedding: the
adapter's rows, in Hugging Face order, are permuted the same way.
"""
import argparse
import os
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import load_file

NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
         "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
HEADS = {"attn_q": 9, "attn_k": 3}
SKIP = ("GGUF.", "general.architecture", "general.file_type", "general.name", "general.finetune", "general.basename")


def permute(x, heads):
    """Hugging Face row order to GGUF row order."""
    rows, cols = x.shape
    return x.reshape(heads, 2, rows // heads // 2, cols).swapaxes(1, 2).reshape(rows, cols)


def load_lora(path, scale):
    """{gguf tensor name: full-rank change}."""
    w, out = load_file(path), {}
    for key in w:
        if key.endswith(".a"):
            stem = key[:-2]
            _, _, layer, kind = stem.split(".", 3)
            delta = scale * (w[stem + ".b"].astype(np.float32) @ w[key].astype(np.float32))
            short = NAMES[kind]
            out[f"blk.{layer}.{short}.weight"] = permute(delta, HEADS[short]) if short in HEADS else delta
    return out


def quantise(x, kind):
    return gguf.quants.quantize(np.ascontiguousarray(x, dtype=np.float32), kind)


def dithered(x, old, rng):
    """Q4_0 over the scales of a base that is Q4_0 already, each weight up or down by chance in proportion (stochastic
    rounding, Gupta et al. 2015, arXiv 1502.02551). To the nearest, a change of less than half a step would be lost."""
    blocks = np.asarray(old).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    steps = np.divide(x.reshape(-1, 32), scale, out=np.zeros((len(scale), 32), np.float32), where=scale != 0)
    levels = np.clip(np.floor(steps + 8 + rng.random(steps.shape, dtype=np.float32)), 0, 15).astype(np.uint8)
    packed = levels[:, :16] | (levels[:, 16:] << 4)
    return np.concatenate([blocks[:, :2], packed], axis=1).reshape(np.asarray(old).shape)


def write(base, deltas, out, blocks="Q4_0", seed=1):
    reader, rng = gguf.GGUFReader(base), np.random.default_rng(seed)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    writer = gguf.GGUFWriter(str(part), "llama")
    for field in reader.fields.values():
        if field.name.startswith(SKIP):
            continue
        kind = field.types[0]
        sub = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), kind, sub_type=sub)
    writer.add_file_type(gguf.LlamaFileType[f"MOSTLY_{blocks}"])
    writer.add_name("Answerbox generator 135M")
    writer.add_basename("answerbox-generator")
    writer.add_finetune("grounded-answers")
    error = []
    for t in reader.tensors:
        x = gguf.quants.dequantize(t.data, t.tensor_type)
        if t.name in deltas:
            x = x + deltas[t.name]
        if x.ndim == 1:
            writer.add_tensor(t.name, x.astype(np.float32))
            continue
        kind = gguf.GGMLQuantizationType.Q8_0 if t.name == "token_embd.weight" and blocks == "Q4_0" else gguf.GGMLQuantizationType[blocks]
        again = kind == t.tensor_type == gguf.GGMLQuantizationType.Q4_0
        if again and t.name not in deltas:
            q = np.asarray(t.data)  # as it is: nothing changed
        else:
            q = dithered(x, t.data, rng) if again else quantise(x, kind)
        if t.name in deltas:
            error.append(float(np.linalg.norm(gguf.quants.dequantize(q, kind) - x) / np.linalg.norm(x)))
        writer.add_tensor(t.name, q, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(part, out)
    print(f"{out.name}: {out.stat().st_size} bytes, mean relative error of the blocks {np.mean(error):.4f}")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--base", required=True, help="the base GGUF")
    a.add_argument("--lora", action="append", required=True, help="adapter; may be given several times")
    a.add_argument("--scale", type=float, default=1.5)
    a.add_argument("--out", required=True)
    a.add_argument("--blocks", choices=["Q4_0", "Q8_0", "BF16"], default="Q4_0", help="Q8_0 and BF16 to see what quantising costs")
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity; nothing here needs an accelerator")
    a = a.parse_args()
    deltas = {}
    for path in a.lora:
        for name, delta in load_lora(path, a.scale).items():
            deltas[name] = deltas.get(name, 0) + delta
    write(a.base, deltas, Path(a.out), a.blocks)


if __name__ == "__main__":
    main()
