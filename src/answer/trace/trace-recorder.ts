import type { IntentReading } from '../../inference/contracts.ts';
import type { Answer } from '../answer-types.ts';
import type { HandoverReason } from '../../stores/ticket-contracts.ts';
import type { Decision } from '../decide/decide.ts';
import type { EarlierTurns } from '../decide/earlier-turns.ts';
import type { Candidate, Question, QuestionPart, RankedPassage } from '../path-types.ts';
import type { ReadConfidence } from '../read-confidence.ts';
import { TRACE } from './trace-settings.ts';
import type {
  AnswerTrace,
  TraceVersions,
  TracedCandidate,
  TracedDecision,
  TracedDraft,
  TracedPart,
} from './trace-types.ts';

/** Gathers one answer's trace while it is made. Stages tell it what they did; it decides nothing. */
export interface TraceRecorder {
  question(question: Question): void;
  stage(stage: string, at: number, milliseconds: number): void;
  intent(intent: IntentReading | null): void;
  live(live: NonNullable<AnswerTrace['live']>): void;
  replayed(): void;
  /** @param candidates all that the search found, best first; the reader looked at the first few */
  part(part: QuestionPart, candidates: readonly Candidate[]): void;
  draft(part: string, draft: TracedDraft): void;
  extracted(part: string, sentences: TracedPart['extracted']): void;
  decided(decision: Decision, read: ReadConfidence, before: EarlierTurns): void;
  handedOver(reason: HandoverReason): void;
  call(model: string, items: number, seconds: number): void;
  /** Takes over what another recorder gathered for this answer too. */
  join(other: TraceRecorder | undefined): void;
  /** What was gathered so far. */
  gathered(): Gathered;
  finish(answer: Answer, versions: TraceVersions): AnswerTrace;
}

interface Gathered {
  stages: AnswerTrace['stages'];
  parts: TracedPart[];
  compute: AnswerTrace['compute'];
  live: AnswerTrace['live'];
  decision: TracedDecision | null;
  reason: HandoverReason | null;
}

export function createTraceRecorder(): TraceRecorder {
  let asked: AnswerTrace['question'] = {
    text: '',
    standalone: '',
    language: 'und',
    readable: true,
    parts: [],
    chosen: null,
  };
  const stages: AnswerTrace['stages'] = [];
  const parts: TracedPart[] = [];
  const compute = new Map<string, AnswerTrace['compute'][number]>();
  let intent: IntentReading | null = null;
  let live: AnswerTrace['live'] = null;
  let replayed = false;
  let decision: TracedDecision | null = null;
  let reason: HandoverReason | null = null;
  const partOf = (text: string): TracedPart => {
    const known = parts.find((part) => part.text === text);
    if (known) return known;
    const added: TracedPart = { text, candidates: [], sentences: [], drafts: [], extracted: [] };
    parts.push(added);
    return added;
  };
  const recorder: TraceRecorder = {
    question: ({ text, standalone, language, readable, parts: asks, chosen }) => {
      asked = {
        text,
        standalone,
        language,
        readable,
        parts: asks.map((part) => part.text),
        chosen: chosen ?? null,
      };
    },
    stage: (stage, at, milliseconds) =>
      void stages.push({ stage, at: tenths(at), milliseconds: tenths(milliseconds) }),
    intent: (reading) => void (intent = reading),
    live: (reply) => void (live = reply),
    replayed: () => void (replayed = true),
    part: (part, candidates) => Object.assign(partOf(part.text), tracedPart(part, candidates)),
    draft: (part, draft) => void partOf(part).drafts.push(draft),
    extracted: (part, sentences) => void partOf(part).extracted.push(...sentences),
    decided: ({ outcome, rule, reason: why, unclear }, { confidence, signals, thresholds }, before) => {
      decision = {
        outcome,
        rule,
        reason: why,
        confidence: thousandths(confidence),
        signals: signals.map((one) => ({ ...one })),
        thresholds,
        choices: unclear?.choices ?? [],
        before: { clarified: before.clarified, unanswered: before.unanswered },
      };
    },
    handedOver: (why) => void (reason = why),
    call: (model, items, seconds) => {
      const sum = compute.get(model) ?? { model, calls: 0, items: 0, seconds: 0 };
      compute.set(model, {
        model,
        calls: sum.calls + 1,
        items: sum.items + items,
        seconds: sum.seconds + seconds,
      });
    },
    join: (other) => {
      if (other === undefined || other === recorder) return;
      const found = other.gathered();
      stages.push(...found.stages);
      parts.push(...found.parts);
      for (const one of found.compute) {
        const sum = compute.get(one.model) ?? { ...one, calls: 0, items: 0, seconds: 0 };
        const [calls, items] = [sum.calls + one.calls, sum.items + one.items];
        compute.set(one.model, { model: one.model, calls, items, seconds: sum.seconds + one.seconds });
      }
      live ??= found.live;
      decision ??= found.decision;
      reason ??= found.reason;
    },
    gathered: () => ({ stages, parts, compute: [...compute.values()], live, decision, reason }),
    finish: (answer, versions) => {
      const calls = [...compute.values()].map((one) => ({ ...one, seconds: thousandths(one.seconds) }));
      const { outcome, mode, confidence } = answer;
      return fit({
        schema: 1,
        question: asked,
        stages,
        replayed,
        intent,
        live,
        parts,
        decision: { ...(decision ?? withoutDecision(answer)), ...(reason && { reason }) },
        answer: {
          outcome,
          mode,
          confidence,
          characters: answer.answer.length,
          citations: answer.citations.length,
        },
        compute: calls,
        compute_seconds: thousandths(calls.reduce((sum, { seconds }) => sum + seconds, 0)),
        versions,
        cut: [],
      });
    },
  };
  return recorder;
}

/** Greetings, live facts, stored answers: the outcome was certain before any confidence was read. */
function withoutDecision({ outcome, confidence }: Answer): TracedDecision {
  return {
    outcome,
    rule: 'before_documents',
    reason: null,
    confidence,
    signals: [],
    thresholds: { decline: 0, caveat: 0 },
    choices: [],
    before: { clarified: false, unanswered: 0 },
  };
}

function tracedPart(
  { ranked, sentences, siblings = [] }: QuestionPart,
  candidates: readonly Candidate[],
): Pick<TracedPart, 'candidates' | 'sentences'> {
  const looked = [...ranked, ...siblings];
  const read = new Set(looked.map(({ chunk }) => chunk.id));
  const unread = candidates.filter(({ chunk }) => !read.has(chunk.id));
  return {
    candidates: [...looked, ...unread].slice(0, TRACE.candidates).map(tracedCandidate),
    sentences: sentences.slice(0, TRACE.sentences).map(({ passage, text, score, answerable }) => ({
      chunk: passage.chunk.id,
      text: text.slice(0, TRACE.characters),
      score: thousandths(score),
      answerable: thousandths(answerable),
    })),
  };
}

function tracedCandidate(one: Candidate & Partial<RankedPassage>): TracedCandidate {
  const { chunk, bm25, vector, fused, reranked, reading } = one;
  return {
    chunk: chunk.id,
    document_id: chunk.documentId,
    heading: chunk.headingPath.slice(0, 200),
    bm25: bm25 && rounded(bm25),
    vector: vector && rounded(vector),
    fused: rounded(fused),
    reranked: reranked ? rounded(reranked) : null,
    relevance: reading ? thousandths(reading.relevance) : null,
    answerable: reading ? thousandths(reading.answerable) : null,
  };
}

/** Drops the longest lists until the whole fits, and says so. */
function fit(trace: AnswerTrace): AnswerTrace {
  const cuts: [string, (part: TracedPart) => void][] = [
    ['candidates', (part) => void (part.candidates = part.candidates.slice(0, 5))],
    ['sentences', (part) => void (part.sentences = part.sentences.slice(0, 2))],
    ['drafts', (part) => void (part.drafts = [])],
    ['extracted', (part) => void (part.extracted = [])],
  ];
  for (const [name, cut] of cuts) {
    if (Buffer.byteLength(JSON.stringify(trace)) <= TRACE.bytes) break;
    trace.parts.forEach(cut);
    trace.cut.push(name);
  }
  return trace;
}

function rounded<Score extends { rank: number; score: number }>({ rank, score }: Score): Score {
  return { rank, score: thousandths(score) } as Score;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
