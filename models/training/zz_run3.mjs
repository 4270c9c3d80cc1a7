// Answers the development examples with a GGUF in llama.cpp, greedily unless a temperature is given.
//
//     node run_generator.mjs MODEL.gguf WORK/generator-dev.jsonl OUT.jsonl [count] [threads] [temperature]
//
// Every answer is written as soon as it is there, so a run that is cut off keeps what it has.
// evaluate_generator.py scores the result.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { getLlama, LlamaCompletion } from "node-llama-cpp";

const [model, source, target, count = "160", threads = "1", temperature = "0"] = process.argv.slice(2);
const SYSTEM = (shop) =>
  `You answer customers of ${shop}. Use only the numbered passages. Put the number of the passage after each sentence. ` +
  `If the passages do not hold the answer, say: I can't find that in our documents.`;
const readText = (path) => (path.endsWith(".gz") ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString("utf8");
const llama = await getLlama({ build: "never", gpu: false, logLevel: "error" });
const loaded = await llama.loadModel({ modelPath: model });
const context = await loaded.createContext({ contextSize: 2048, threads: Number(threads) });
const completion = new LlamaCompletion({ contextSequence: context.getSequence() });
const examples = readText(source).trim().split("\n").slice(0, Number(count)).map((l) => JSON.parse(l));
writeFileSync(target, "");
for (const e of examples) {
  const passages = e.passages.map((p, i) => `[${i + 1}] ${p}`).join("\n\n");
  const prompt = `<|im_start|>system\n${SYSTEM(e.shop)}<|im_end|>\n<|im_start|>user\n${passages}\n\nQuestion: ${e.question}<|im_end|>\n<|im_start|>assistant\n`;
  const tokens = loaded.tokenize(prompt, true);
  const start = performance.now();
  const said = await completion.generateCompletion(tokens, { temperature: Number(temperature), seed: 23, maxTokens: 160, customStopTriggers: ["<|im_end|>"] });
  const ms = Math.round(performance.now() - start);
  appendFileSync(target, JSON.stringify({ ...e, said: said.trim(), ms, prompt_tokens: tokens.length }) + "\n");
}
await llama.dispose();
