// Tokens a second of a GGUF in llama.cpp: reading a prompt (prefill) and writing an answer (decode).
//
//     node speed_generator.mjs MODEL.gguf dev/answers.jsonl.gz [prompts] [threads]
//
// Prints the median, least and greatest over the prompts.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { getLlama } from "node-llama-cpp";

const [model, source, count = "20", threads = "2"] = process.argv.slice(2);
const WRITTEN = 64; // tokens of an answer that are timed
const llama = await getLlama({ build: "never", gpu: false, logLevel: "error" });
const loaded = await llama.loadModel({ modelPath: model });
const context = await loaded.createContext({ contextSize: 2048, threads: Number(threads) });
const sequence = context.getSequence();
const lines = gunzipSync(readFileSync(source)).toString("utf8").trim().split("\n").slice(0, Number(count));
const speeds = { prompt_tokens: [], prefill: [], decode: [] };
for (const line of lines) {
  const { passages, question } = JSON.parse(line);
  const prompt = loaded.tokenize(`${passages.map((p, i) => `[${i + 1}] ${p}`).join("\n\n")}\n\nQuestion: ${question}`);
  await sequence.clearHistory();
  const start = performance.now();
  await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(0, -1));
  const read = performance.now();
  let written = 0;
  // Past the end of an answer too: the speed of three tokens is the speed of starting.
  for await (const _ of sequence.evaluate(prompt.slice(-1), { temperature: 0, yieldEogToken: true })) if (++written === WRITTEN) break;
  speeds.prompt_tokens.push(prompt.length);
  speeds.prefill.push((1000 * (prompt.length - 1)) / (read - start));
  speeds.decode.push((1000 * written) / (performance.now() - read));
}
for (const [name, values] of Object.entries(speeds)) {
  values.sort((a, b) => a - b);
  console.log(name, "median", Math.round(values[values.length >> 1]), "least", Math.round(values[0]), "greatest", Math.round(values.at(-1)));
}
await llama.dispose();
