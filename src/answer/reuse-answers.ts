import { AnswerboxError, hasCode } from '../errors.ts';
import { agreesWith } from './agrees-with.ts';
import { answerCacheKey, type AnswerCache } from './answer-cache.ts';
import type { Answer, AnswerEvent, RequestedMode } from './answer-types.ts';
import type { Ending } from './close-turn.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { createSharedStream, type SharedStream } from './shared-stream.ts';
import { standsAlone } from './stands-alone.ts';
import { answerOf, createTurn, type Turn } from './turn.ts';

/** How questions were answered since the start, as far as documents answer them. */
export interface ReuseCounts {
  /** The same question at the same sources. */
  exact: number;
  /** Another question so near that rules and reader took its answer for right. */
  near: number;
  /** Heard along while the same question was being answered for somebody else. */
  joined: number;
  /** Computed. */
  miss: number;
}

export interface AnswerReuse {
  cache: AnswerCache;
  shared: SharedStream<AnswerEvent, Ending>;
  counts: ReuseCounts;
}

export function createAnswerReuse(cache: AnswerCache): AnswerReuse {
  return { cache, shared: createSharedStream(), counts: { exact: 0, near: 0, joined: 0, miss: 0 } };
}

/** A question as caches know it. */
export interface ReusableQuestion {
  /** Holds what was said before, where that may change the answer. */
  key: string;
  /** Of the question by itself, where it may be answered so; else null. */
  plainKey: string | null;
  /** Of all sources, read before anything was computed. */
  versions: string;
  /** ISO 8601, UTC: when it was asked; undefined where documents hold at any time. */
  at: string | undefined;
  text: string;
  /** The question's vector; null when the models were away, or it is no candidate for near questions. */
  vector: Float32Array | null;
}

export async function reusableQuestion(
  { standalone, parts, readable, filter }: Question,
  { mode, vector, language }: { mode: RequestedMode; vector: Float32Array | null; language: string },
  tools: Pick<AnswerTools, 'versions' | 'knowledge'>,
): Promise<ReusableQuestion> {
  // Whoever may read other documents gets other answers.
  const { at, ...audience } = filter;
  const scope = { audience: JSON.stringify(audience), language, mode };
  const plain = answerCacheKey({ ...scope, standalone });
  const forms = parts.flatMap((part) => part.forms);
  // What is searched behind an earlier message may find what that one was about.
  const leans = parts.length === 1 && (forms.length > 1 || forms[0] !== standalone);
  const near = readable && parts.length === 1 && forms[0] === standalone && standsAlone(standalone);
  return {
    key: leans ? answerCacheKey({ ...scope, standalone: JSON.stringify(forms) }) : plain,
    plainKey: leans ? (near ? plain : null) : plain,
    versions: await versionsAt(at, tools),
    at,
    text: standalone,
    vector: near ? vector : null,
  };
}

/** What began or ceased to hold since then makes an answer another one, as a changed source does. */
async function versionsAt(
  at: string | undefined,
  { versions, knowledge }: Pick<AnswerTools, 'versions' | 'knowledge'>,
): Promise<string> {
  return `${await versions()} ${at === undefined ? '' : await knowledge.validityChange(at)}`;
}

/** An earlier answer to this question, or to one that asks for the same; null when it must be computed. */
export async function recallAnswer(
  asked: ReusableQuestion,
  { reuse, models }: AnswerTools,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (reuse === null || reuse.shared.has(flightOf(asked))) return null;
  const { cache, counts } = reuse;
  for (const key of new Set([asked.key, asked.plainKey])) {
    const known = key === null ? null : await cache.get(key, asked.versions);
    if (known === null) continue;
    counts.exact += 1;
    return known;
  }
  const near = await recallNear(asked, cache, models, signal);
  if (near !== null) counts.near += 1;
  return near;
}

async function recallNear(
  { vector, plainKey, versions, text }: ReusableQuestion,
  cache: AnswerCache,
  { reader }: AnswerTools['models'],
  signal: AbortSignal,
): Promise<Answer | null> {
  if (vector === null || plainKey === null) return null;
  const candidate = await cache.findNear(vector, plainKey, versions);
  if (candidate === null) return null;
  try {
    if (!(await agreesWith(candidate, text, reader, { signal }))) return null;
  } catch (error) {
    // Who computes it then meets the same failure, or the models are back.
    if (AWAY.some((code) => hasCode(error, code))) return null;
    throw error;
  }
  // The same words again are found at once; no vector, or near would lead from one question to the next.
  await cache.put(plainKey, versions, candidate.answer);
  return candidate.answer;
}

const AWAY = ['model_failed', 'models_unavailable', 'overloaded'] as const;

/**
 * Runs `compute` once for all who ask the same of the same sources at the same time, each with a turn of their
 * own, and keeps the answer. @throws cancelled when this asker leaves; what `compute` throws
 */
export async function* shareAnswer(
  turn: Turn,
  asked: ReusableQuestion,
  tools: AnswerTools,
  signal: AbortSignal,
  compute: (shared: Turn, signal: AbortSignal) => AsyncGenerator<AnswerEvent, Ending>,
): AsyncGenerator<AnswerEvent, Ending> {
  const { reuse } = tools;
  if (reuse === null) return yield* compute(turn, signal);
  const key = flightOf(asked);
  reuse.counts[reuse.shared.has(key) ? 'joined' : 'miss'] += 1;
  const events = reuse.shared.run(key, (until) => computeAndKeep(turn, asked, tools, until, compute), signal);
  try {
    for (;;) {
      const step = await events.next();
      if (step.done === true) return step.value;
      yield turn.take(step.value);
    }
  } finally {
    // An asker who stops listening lets go of the work, too.
    await events.return(undefined as never).catch(() => undefined);
  }
}

async function* computeAndKeep(
  { intent, language, say }: Turn,
  asked: ReusableQuestion,
  tools: AnswerTools,
  signal: AbortSignal,
  compute: (shared: Turn, signal: AbortSignal) => AsyncGenerator<AnswerEvent, Ending>,
): AsyncGenerator<AnswerEvent, Ending> {
  const turn = Object.assign(createTurn('', performance.now()), { intent, language, say });
  const ending = yield* compute(turn, signal);
  if (signal.aborted) throw new AnswerboxError('cancelled', {}, signal.reason);
  if (ending.keep && tools.reuse !== null) await keepAnswer(asked, answerOf(turn, ending.answer), tools);
  return ending;
}

async function keepAnswer(
  { key, plainKey, versions, at, text, vector }: ReusableQuestion,
  answer: Answer,
  tools: AnswerTools,
): Promise<void> {
  // What changed meanwhile must not even lie about: an answer may quote a document that was removed.
  if ((await versionsAt(at, tools)) !== versions) return;
  // Another question's own words ("I can't find the rest: …") are nobody else's answer.
  const near = key === plainKey && vector !== null && answer.outcome === 'answered';
  await tools.reuse?.cache.put(key, versions, answer, ...(near ? [{ question: text, vector }] : []));
}

const flightOf = ({ key, versions }: ReusableQuestion): string => `${versions} ${key}`;
