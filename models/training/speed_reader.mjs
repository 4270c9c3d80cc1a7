// Milliseconds that a reader takes for 20 pairs of 128 tokens, on two threads.
//
//     node speed_reader.mjs ../reader/onnx/model_quantized.onnx [threads]
//
// The words are arbitrary: the time depends on their number alone. Prints the median and the middle nine tenths of 50 runs.
import * as ort from "onnxruntime-node";

const [model, threads = "2"] = process.argv.slice(2);
const PAIRS = 20;
const TOKENS = 128;
const QUESTION = 20; // tokens before the passage
const WARM_UP = 10;
const RUNS = 50;
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: Number(threads), interOpNumThreads: 1 });
const rows = (valueAt) =>
  new ort.Tensor("int64", BigInt64Array.from({ length: PAIRS * TOKENS }, (_, i) => BigInt(valueAt(i))), [PAIRS, TOKENS]);
const inputs = {
  input_ids: rows((i) => 1000 + ((i * 7919) % 20000)),
  attention_mask: rows(() => 1),
  token_type_ids: rows((i) => (i % TOKENS < QUESTION ? 0 : 1)),
};
const times = [];
for (let run = 0; run < WARM_UP + RUNS; run += 1) {
  const start = performance.now();
  await session.run(inputs);
  if (run >= WARM_UP) times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
console.log(`${PAIRS} pairs of ${TOKENS} tokens: median ${at(0.5)} ms, ${at(0.05)} to ${at(0.95)}`);
