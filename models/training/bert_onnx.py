"""A plain ONNX graph of a BERT encoder, written node by node.

No attention fusion and no exporter: the graph is the same whatever PyTorch is
installed, every weight product is one MatMul that the quantiser can find, and
the word table (only looked up, never multiplied) is kept in eight bits with a
scale a row, or in half precision, without a measurable change.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20


class Graph:
    """Collects nodes and initialisers; every method returns a tensor name."""

    def __init__(self):
        self.nodes, self.inits, self.count = [], [], 0

    def const(self, array, name=None):
        name = name or self._name("c")
        self.inits.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, *inputs, name=None, outputs=1, **attrs):
        name = name or self._name(kind.lower())
        outs = [name] if outputs == 1 else [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), outs, name=f"n_{name}", **attrs))
        return outs[0] if outputs == 1 else outs

    def linear(self, x, weight, bias, name):
        """x @ weight.T + bias; `weight` as PyTorch stores it (out, in)."""
        y = self.op("MatMul", x, self.const(weight.T, f"{name}.weight"), name=f"{name}.mm")
        return self.op("Add", y, self.const(bias, f"{name}.bias"), name=f"{name}.out")

    def _name(self, stem):
        self.count += 1
        return f"{stem}_{self.count}"


def ints(*values):
    return np.array(values, np.int64)


def encoder(g, w, layers, heads, eps=1e-12, words=8):
    """Adds the encoder; returns (last hidden state, attention mask as float). `words`: bits of the word table."""
    width = w["embeddings.word_embeddings.weight"].shape[1]
    size = width // heads
    zero = g.const(ints(0))
    table = w["embeddings.word_embeddings.weight"]
    if words == 16:
        word = g.op("Cast", g.op("Gather", g.const(table.astype(np.float16), "words"), "input_ids"), to=TensorProto.FLOAT)
    else:
        step = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
        word = g.op("Gather", g.const(np.round(table / step).astype(np.int8), "words_int8"), "input_ids")
        word = g.op("Cast", word, to=TensorProto.FLOAT)
        word = g.op("Mul", word, g.op("Gather", g.const(step.astype(np.float32), "words_scale"), "input_ids"))
    length = g.op("Slice", g.op("Shape", "input_ids"), g.const(ints(1)), g.const(ints(2)))
    place = g.op("Slice", g.const(w["embeddings.position_embeddings.weight"], "positions"), zero, length)
    kind = g.op("Gather", g.const(w["embeddings.token_type_embeddings.weight"], "types"), "token_type_ids")
    x = g.op("Add", g.op("Add", word, kind), place)

    def norm(x, key):
        return g.op("LayerNormalization", x, g.const(w[key + ".weight"]), g.const(w[key + ".bias"]), axis=-1, epsilon=eps)

    x = norm(x, "embeddings.LayerNorm")
    mask = g.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    hide = g.op("Mul", g.op("Sub", mask, g.const(np.float32(1))), g.const(np.float32(1e9)))
    hide = g.op("Unsqueeze", hide, g.const(ints(1, 2)))
    split = g.const(ints(0, 0, heads, size))
    join = g.const(ints(0, 0, width))
    thirds = g.const(ints(width, width, width))
    scale = g.const(np.float32(1 / np.sqrt(size)))
    for i in range(layers):
        p = f"encoder.layer.{i}."
        qkv = [p + f"attention.self.{n}" for n in ("query", "key", "value")]
        y = g.linear(x, np.concatenate([w[n + ".weight"] for n in qkv]),
                     np.concatenate([w[n + ".bias"] for n in qkv]), f"l{i}.qkv")
        q, k, v = g.op("Split", y, thirds, axis=-1, outputs=3)
        q = g.op("Transpose", g.op("Reshape", q, split), perm=[0, 2, 1, 3])
        k = g.op("Transpose", g.op("Reshape", k, split), perm=[0, 2, 3, 1])
        v = g.op("Transpose", g.op("Reshape", v, split), perm=[0, 2, 1, 3])
        s = g.op("Add", g.op("Mul", g.op("MatMul", q, k), scale), hide)
        y = g.op("Transpose", g.op("MatMul", g.op("Softmax", s, axis=-1), v), perm=[0, 2, 1, 3])
        y = g.linear(g.op("Reshape", y, join), w[p + "attention.output.dense.weight"],
                     w[p + "attention.output.dense.bias"], f"l{i}.attn_out")
        x = norm(g.op("Add", x, y), p + "attention.output.LayerNorm")
        y = g.linear(x, w[p + "intermediate.dense.weight"], w[p + "intermediate.dense.bias"], f"l{i}.up")
        y = g.linear(g.op("Gelu", y), w[p + "output.dense.weight"], w[p + "output.dense.bias"], f"l{i}.down")
        x = norm(g.op("Add", x, y), p + "output.LayerNorm")
    return x, mask


def build(g, outputs, path):
    """Checks the graph and writes it; `outputs` is [(name, shape)]."""
    ids = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"])
           for n in ("input_ids", "attention_mask", "token_type_ids")]
    outs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs]
    model = helper.make_model(helper.make_graph(g.nodes, "bert", ids, outs, g.inits),
                              opset_imports=[helper.make_opsetid("", OPSET)], producer_name="answerbox-training")
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, path)


def round_at_random(model, levels, seed, keep):
    """Puts every weight column on its quantisation grid, up or down with the chance that keeps the mean.

    A checkpoint that was trained on from quantised weights lies on that grid but for its small changes:
    rounding to the nearest step would undo just these (stochastic rounding: Gupta et al. 2015).
    """
    rng = np.random.default_rng(seed)
    constants = {i.name: i for i in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in constants and node.name not in keep:
            weight = numpy_helper.to_array(constants[node.input[1]])
            step = np.abs(weight).max(0, keepdims=True) / levels
            ints = np.clip(np.floor(weight / step + rng.random(weight.shape)), -levels, levels)
            constants[node.input[1]].CopyFrom(numpy_helper.from_array((ints * step).astype(np.float32), node.input[1]))


SHRUNK = (1.0, .96, .92, .88, .84, .8, .76)  # of the largest weight of a column, tried as its end of the scale


def round_to_best(model, levels, keep):
    """Puts every weight column on the grid of least squared error; its largest weights may be cut off.

    A finer grid for all the others, and one that does not coincide with an earlier checkpoint's.
    """
    constants = {i.name: i for i in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in constants and node.name not in keep:
            weight = numpy_helper.to_array(constants[node.input[1]])
            best, least = None, None
            for share in SHRUNK:
                step = np.maximum(np.abs(weight).max(0, keepdims=True) * share / levels, 1e-12)
                rounded = np.clip(np.rint(weight / step), -levels, levels) * step
                error = ((rounded - weight) ** 2).sum(0, keepdims=True)
                better = np.ones_like(error, bool) if least is None else error < least
                best = rounded if best is None else np.where(better, rounded, best)
                least = error if least is None else np.minimum(error, least)
            constants[node.input[1]].CopyFrom(numpy_helper.from_array(best.astype(np.float32), node.input[1]))


def inner_products(path, feeds, keep):
    """{weight name: X'X [in, in]} of what flows into every weight product over `feeds` (dicts of the graph's inputs)."""
    from onnxruntime import InferenceSession, SessionOptions

    model = onnx.load(str(path))
    constants = {i.name for i in model.graph.initializer}
    into = {n.input[1]: n.input[0] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in constants and n.name not in keep}
    for name in sorted(set(into.values())):
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    wanted, sums = sorted(set(into.values())), {}
    for feed in feeds:
        for name, x in zip(wanted, session.run(wanted, feed)):
            x = x.reshape(-1, x.shape[-1]).astype(np.float64)
            sums[name] = sums.get(name, 0) + x.T @ x
    return {weight: sums[name] for weight, name in into.items()}


def as_feeds(pairs):
    """The graph's inputs, one pair each, of (token ids, token types)."""
    return [{"input_ids": np.array([i], np.int64), "attention_mask": np.ones((1, len(i)), np.int64),
             "token_type_ids": np.array([t], np.int64)} for i, t in pairs]


def round_with_error(weight, products, levels, damp=.01):
    """(integers [in, out], step [out]): every rounding error is made good by the weights that are rounded after it.

    GPTQ (Frantar et al. 2022), the inputs that carry most first.
    """
    step = np.maximum(np.abs(weight).max(0), 1e-12) / levels
    order = np.argsort(-np.diag(products))
    left = weight[order].astype(np.float64)
    h = products[np.ix_(order, order)]
    h = h + np.eye(len(h)) * damp * np.diag(h).mean()
    upper = np.linalg.cholesky(np.linalg.inv(h)).T
    out = np.empty(weight.shape, np.int8)
    for i in range(len(left)):
        ints_ = np.clip(np.rint(left[i] / step), -levels, levels)
        error = (left[i] - ints_ * step) / upper[i, i]
        left[i + 1:] -= np.outer(upper[i, i + 1:], error)
        out[order[i]] = ints_
    return out, step.astype(np.float32)


def put_rounded(source, target, feeds, levels, keep):
    """Replaces the integers and steps of the quantised `target` by those of `round_with_error` of the full `source`."""
    constants = {i.name: i for i in onnx.load(str(source)).graph.initializer}
    model = onnx.load(str(target))
    places = {i.name: i for i in model.graph.initializer}
    for name, products in inner_products(source, feeds, keep).items():
        rounded, step = round_with_error(numpy_helper.to_array(constants[name]), products, levels)
        for suffix, array in (("quantized", rounded), ("scale", step), ("zero_point", np.zeros(len(step), np.int8))):
            places[f"{name}_{suffix}"].CopyFrom(numpy_helper.from_array(array, f"{name}_{suffix}"))
    onnx.save(model, str(target))


def quantise(source, target, per_channel=True, reduce_range=False, keep=(), seed=None, feeds=None):
    """Dynamic int8: signed weights (QInt8), only MatMul with a constant weight.

    `keep` are node names left in full precision (the small heads); a `seed` rounds at random,
    a negative one to the grid of least error. `feeds`: examples to round by what the weights do to them (GPTQ).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    if seed is not None:
        model = onnx.load(str(source))
        levels = 64 if reduce_range else 127
        if seed < 0:
            round_to_best(model, levels, keep)
        else:
            round_at_random(model, levels, seed, keep)
        source = str(target) + ".rounded"
        onnx.save(model, source)
    quantize_dynamic(str(source), str(target), op_types_to_quantize=["MatMul"], per_channel=per_channel,
                     reduce_range=reduce_range, weight_type=QuantType.QInt8, nodes_to_exclude=list(keep),
                     extra_options={"MatMulConstBOnly": True})
    if feeds is not None:
        put_rounded(source, target, feeds, 64 if reduce_range else 127, keep)
