"""Writes a model of pictures and words so small that tests can keep it: CLIP's files and inputs, and no knowledge
but three colours.

    python make_tiny_clip.py --out ../../src/testing/files/tiny-clip

The picture half is the mean colour of the pixels, the word half the mean of its tokens' rows; "red", "green" and
"blue" lie where pictures of that colour lie. Layout and names are those of CLIP models converted for transformers.js
(onnx/vision_model.onnx with pixel_values → image_embeds, onnx/text_model.onnx with input_ids → text_embeds).
"""
import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from bert_onnx import OPSET, Graph, ints
from files import write_json

SIDE = 8
COLOURS = ["red", "green", "blue"]
START, END = "<|startoftext|>", "<|endoftext|>"


def save(graph, inputs, outputs, path):
    model = helper.make_model(
        helper.make_graph(graph.nodes, path.stem, inputs, outputs, graph.inits),
        opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def vision(path):
    g = Graph()
    mean = g.op("ReduceMean", "pixel_values", g.const(ints(2, 3)), keepdims=0)
    # What is darker than grey says nothing; the last place keeps the vector from being zero.
    colour = g.op("Relu", mean)
    rows = np.zeros((3, 4), np.float32)
    rows[:, :3] = np.eye(3)
    y = g.op("MatMul", colour, g.const(rows))
    g.op("Add", y, g.const(np.array([[0, 0, 0, 0.05]], np.float32)), name="image_embeds")
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, SIDE, SIDE])
    embeds = helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, ["batch", 4])
    save(g, [pixels], [embeds], path)


def words(path, vocabulary):
    table = np.zeros((len(vocabulary), 4), np.float32)
    table[:, 3] = 0.01
    for place, colour in enumerate(COLOURS):
        table[vocabulary[colour + "</w>"]] = np.eye(4, dtype=np.float32)[place]
    g = Graph()
    rows = g.op("Gather", g.const(table, "rows"), "input_ids")
    g.op("ReduceMean", rows, g.const(ints(1)), keepdims=0, name="text_embeds")
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])
    embeds = helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, ["batch", 4])
    save(g, [ids], [embeds], path)


def tokenizer():
    """CLIP's byte pairs in small: letters, and the merges that make the colours whole."""
    letters = [chr(code) for code in range(ord("!"), ord("~") + 1)]
    tokens = letters + [letter + "</w>" for letter in letters]
    merges = []
    for colour in COLOURS:
        parts = [*colour[:-1], colour[-1] + "</w>"]
        while len(parts) > 1:
            merges.append(f"{parts[0]} {parts[1]}")
            parts[:2] = [parts[0] + parts[1]]
            tokens.append(parts[0])
    vocabulary = {token: place for place, token in enumerate(dict.fromkeys([*tokens, START, END]))}
    special = [{"id": vocabulary[mark], "content": mark, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True} for mark in (START, END)]
    return vocabulary, {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"}, "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": {"type": "RobertaProcessing", "sep": [END, vocabulary[END]], "cls": [START, vocabulary[START]],
                           "trim_offsets": False, "add_prefix_space": False},
        "decoder": None,
        "model": {"type": "BPE", "dropout": None, "unk_token": END, "continuing_subword_prefix": "",
                  "end_of_word_suffix": "</w>", "fuse_unk": False, "vocab": vocabulary, "merges": merges}}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", required=True)
    out = Path(a.parse_args().out)
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    vocabulary, content = tokenizer()
    vision(out / "onnx/vision_model.onnx")
    words(out / "onnx/text_model.onnx", vocabulary)
    write_json(out / "tokenizer.json", content)
    write_json(out / "config.json", {"model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": 4})
    write_json(out / "preprocessor_config.json", {
        "crop_size": {"height": SIDE, "width": SIDE}, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})


if __name__ == "__main__":
    main()
