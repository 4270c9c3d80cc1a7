import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openApp, type App } from '../app.ts';
import { loadConfig, type Config } from '../config.ts';
import { throwIfCancelled } from '../errors.ts';
import { askQuestion } from './ask-question.ts';
import { LIVE_QUESTION, type LiveQuestion } from './live-questions.ts';
import { openOutFile } from './open-out-file.ts';
import { percentile } from './percentiles.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';
import { faultOfLive } from './score-live.ts';

export interface LiveOptions {
  questions: string;
  /** Folder of another shop: profile, catalogue, orders and documents as in data/shop. */
  shop?: string | undefined;
  limit?: number | undefined;
  /** File for a line a question: what was said and what was wrong with it. */
  out?: string | undefined;
  config?: Config;
  signal?: AbortSignal;
  onProgress?: (step: string, done: number, total: number) => void;
}

export interface LiveReport {
  questions: number;
  right: number;
  /** Of all but `product` (price, stock, delivery time, hours, orders …): the share that was right. */
  facts_right: number;
  /** Orders shown to somebody who could not prove them theirs. */
  orders_leaked: number;
  kinds: Record<string, { questions: number; right: number }>;
  p50_ms: number | null;
  p95_ms: number | null;
}

interface Scored {
  question: LiveQuestion;
  fault: string | null;
  text: string;
  products: string[];
  ms: number;
}

/**
 * Asks the demo shop about its catalogue, orders and opening hours, each question as a new customer at the
 * moment that it names. @throws evaluation_file_invalid, cancelled
 */
export async function evaluateLive(options: LiveOptions): Promise<LiveReport> {
  const signal = options.signal ?? new AbortController().signal;
  const questions: LiveQuestion[] = [];
  for await (const { content } of readEvaluationFile(options.questions, LIVE_QUESTION, signal)) {
    if (questions.length < (options.limit ?? Infinity)) questions.push(content);
  }
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-eval-'));
  const out = options.out === undefined ? null : await openOutFile(options.out);
  let at = new Date();
  try {
    const config = { ...(options.config ?? loadConfig().config), data_dir: folder, demo: true };
    const app = await openApp(
      { ...config, stored_answers: false },
      {
        signal,
        now: () => at,
        ...(options.shop !== undefined && { demoFolder: resolve(options.shop) }),
      },
    );
    try {
      await app.refreshProducts(signal);
      const scored: Scored[] = [];
      for (const question of questions) {
        throwIfCancelled(signal);
        at = question.expect.at === undefined ? new Date() : new Date(question.expect.at);
        const one = await ask(app, question, signal);
        scored.push(one);
        await out?.write(`${JSON.stringify(one)}\n`);
        options.onProgress?.('Asking', scored.length, questions.length);
      }
      return report(scored);
    } finally {
      await app.close();
    }
  } finally {
    await out?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(app: App, question: LiveQuestion, signal: AbortSignal): Promise<Scored> {
  const conversationId = await app.startConversation(question.history ?? []);
  const asked = await askQuestion(app, question.q, 'auto', signal, conversationId);
  return {
    question,
    fault: faultOfLive(question, asked.answer),
    text: asked.answer?.answer ?? '',
    products: asked.answer?.products.map(({ code }) => code) ?? [],
    ms: asked.totalMs,
  };
}

function report(scored: readonly Scored[]): LiveReport {
  const right = (some: readonly Scored[]): number => some.filter(({ fault }) => fault === null).length;
  const facts = scored.filter(({ question }) => question.kind !== 'product');
  const kinds = [...new Set(scored.map(({ question }) => question.kind))].sort();
  const times = scored.map(({ ms }) => ms);
  return {
    questions: scored.length,
    right: right(scored) / Math.max(1, scored.length),
    facts_right: right(facts) / Math.max(1, facts.length),
    orders_leaked: scored.filter(({ fault }) => fault?.startsWith('somebody') === true).length,
    kinds: Object.fromEntries(
      kinds.map((kind) => {
        const of = scored.filter(({ question }) => question.kind === kind);
        return [kind, { questions: of.length, right: right(of) / of.length }];
      }),
    ),
    p50_ms: percentile(times, 0.5),
    p95_ms: percentile(times, 0.95),
  };
}
