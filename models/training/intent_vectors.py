"""Embedder vectors of texts, computed once and kept in a work folder.

The cache is one float32 matrix beside the list of its texts, under a name that carries the hash of the
embedder's weights: another embedder starts another cache.
"""
import hashlib
import os
import time
from pathlib import Path

import numpy as np

from files import read_lines, sha256, write_lines
from tokens import load_tokenizer

LIMIT = 256  # tokens, special ones included, as in the product


class Vectors:
    """`vectors(texts)` gives float32 [texts, 384], unit length, one run a text as the product does."""

    def __init__(self, embedder, work, threads=1):
        import onnxruntime as ort
        embedder = Path(embedder)
        weights = embedder / "onnx" / "model_quantized.onnx"
        self.identity = sha256(weights)
        self.base = Path(work) / f"vectors-{self.identity[:12]}"
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = ort.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        self.tokenizer = load_tokenizer(embedder)
        self.place, self.matrix = {}, np.zeros((0, 384), np.float32)
        if self.base.with_suffix(".npy").exists():
            self.matrix = np.load(self.base.with_suffix(".npy"))
            texts = [r["text"] for r in read_lines(self.base.with_suffix(".jsonl"))]
            self.place = {t: i for i, t in enumerate(texts[: len(self.matrix)])}

    def __call__(self, texts, block=8000):
        missing = [t for t in dict.fromkeys(texts) if t not in self.place]
        started = time.time()
        for start in range(0, len(missing), block):
            part = missing[start:start + block]
            rows = np.stack([self._one(t) for t in part])
            for t in part:
                self.place[t] = len(self.place)
            self.matrix = np.concatenate([self.matrix, rows])
            self._save()
            print(f"embedded {start + len(part)} of {len(missing)} in {time.time() - started:.0f} s", flush=True)
        return self.matrix[[self.place[t] for t in texts]]

    def _one(self, text):
        encoding = self.tokenizer.encode(text)
        ids = encoding.ids
        if len(ids) > LIMIT:
            ids = ids[: LIMIT - 1] + ids[-1:]
        ids = np.array([ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return self.session.run(["embedding"], feed)[0][0]

    def _save(self):
        """The texts first: a matrix that is shorter than its list is whole, the other way round is not."""
        texts = self.base.with_suffix(".jsonl")
        part = texts.with_name("texts.part.jsonl")
        write_lines(part, ({"text": t} for t in self.place))
        os.replace(part, texts)
        part = self.base.with_suffix(".part.npy")
        np.save(part, self.matrix)
        os.replace(part, self.base.with_suffix(".npy"))


def fraction(text, salt):
    """A number 0...1 that depends on the text and the salt alone: splits that do not move."""
    digest = hashlib.sha256(f"{salt}|{text}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2 ** 64
