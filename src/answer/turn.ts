import { randomUUID } from 'node:crypto';
import type { Session } from '../stores/memory-contracts.ts';
import type { Priority } from '../stores/ticket-contracts.ts';
import type { HistoryMessage } from '../understand/standalone-question.ts';
import type { AnswerRequest } from './answer.ts';
import { earlierTurns, type EarlierTurns, type PastMessage } from './decide/earlier-turns.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { sayIn, type Say } from '../messages/say.ts';
import { createTraceRecorder, type TraceRecorder } from './trace/trace-recorder.ts';
import { readMessage, type AskedMessage, type ReadMessage } from './read-message.ts';
import { newSession } from './session.ts';
import {
  STAGES,
  type Answer,
  type AnswerEvent,
  type Citation,
  type RequestedMode,
  type Stage,
  type Timings,
} from './answer-types.ts';
import type { HandoverReason } from '../stores/ticket-contracts.ts';

type Unnumbered = AnswerEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'sequence'>
    : never
  : never;
export type NewEvent = Unnumbered;

/** Messages of the conversation that are looked back on: enough for a follow-up of a follow-up. */
const HISTORY_MESSAGES = 12;

/** One question and its answer: ids, event numbers and times. Holds no logic of the path. */
export interface Turn {
  readonly conversationId: string;
  readonly messageId: string;
  /** As it was asked. */
  question: string;
  /** Why people get the conversation, once that is told; null while it is ours. */
  handedOver: HandoverReason | null;
  /** The rule of the desk that gave it to them. */
  rule: { name: string; priority: Priority } | null;
  readonly citations: readonly Citation[];
  /** What the conversation is about; kept when the turn ends. */
  session: Session;
  /** What the customer wants; null until it is read, and when nobody could tell. */
  intent: Answer['intent'];
  /** ISO 639-1 of the question, and so of the answer; 'und' when it cannot be told. */
  language: string;
  /** The product's own words, in the language of the answer. */
  say: Say;
  /** What became of the messages before this one. */
  before: EarlierTurns;
  /** How the answer comes about; staff alone see it. */
  readonly trace: TraceRecorder;
  /** Text shown so far. */
  readonly text: string;
  event(event: NewEvent): AnswerEvent;
  /** Runs a stage, keeps its milliseconds and tells of its end. */
  stage<Result>(stage: Stage, work: () => Result | Promise<Result>): AsyncGenerator<AnswerEvent, Result>;
  /** Goes out with the next end of the stage. */
  note(stage: Stage, text: string): void;
  /** Adds to a stage; nobody is told. */
  spend(stage: Stage, milliseconds: number): void;
  /** Adds to a stage that ran in pieces and tells of its end. */
  endStage(stage: Stage, milliseconds: number): AnswerEvent;
  /** Milliseconds since the question came. */
  elapsed(): number;
  /** The events that show a text with its citation; the same evidence keeps its number. */
  show(text: string, citation: Omit<Citation, 'index'> | null): AnswerEvent[];
  /** Tells of an event of another turn as of one's own: what is computed once for several askers. */
  take(event: AnswerEvent): AnswerEvent;
  timings(): Timings;
}

/** What stays the same while one question is answered. */
export interface AnswerRun {
  turn: Turn;
  mode: RequestedMode;
  tools: AnswerTools;
  /** Raised when the asker goes away. */
  signal: AbortSignal;
}

/**
 * Cleans and checks the question, then stores it, so that it is not lost whatever follows. `history`: the
 * newest messages, oldest first.
 * @throws question_*, storage_*
 */
export async function openTurn(
  request: AskedMessage & Pick<AnswerRequest, 'metadata' | 'questionId'>,
  tools: AnswerTools,
): Promise<{ turn: Turn; question: Question; history: readonly HistoryMessage[] }> {
  const started = performance.now();
  const { conversations } = tools;
  // A question whose answer was broken off, by a stop of the server or a lost line, is stored already.
  const known = request.questionId === undefined ? null : await conversations.findMessage(request.questionId);
  const history =
    request.conversationId === undefined
      ? []
      : (await conversations.listRecentMessages(request.conversationId, HISTORY_MESSAGES)).filter(
          ({ id }) => id !== known?.id,
        );
  const read = await readMessage(request, history, started, tools);
  const conversationId =
    request.conversationId ?? (await conversations.createConversation(request.metadata ?? {}));
  if (!known)
    await conversations.addMessage({
      id: request.questionId ?? randomUUID(),
      conversationId,
      role: 'customer',
      text: read.question.text,
      answer: null,
    });
  return { turn: turnOf(read, conversationId, started), question: read.question, history };
}

/**
 * The same for a message of a conversation that stands there already, and stores nothing.
 * @param before the messages before it, oldest first
 * @throws question_*, storage_*
 */
export async function openUnstoredTurn(
  request: AskedMessage & { conversationId: string },
  before: readonly PastMessage[],
  tools: AnswerTools,
): Promise<{ turn: Turn; question: Question }> {
  const started = performance.now();
  const read = await readMessage(request, before.slice(-HISTORY_MESSAGES), started, tools);
  return { turn: turnOf(read, request.conversationId, started), question: read.question };
}

function turnOf(read: ReadMessage, conversationId: string, started: number): Turn {
  const { question, before, session, language, milliseconds } = read;
  const turn = createTurn(conversationId, started);
  if (session) turn.session = session;
  turn.spend('preprocess', milliseconds);
  turn.question = question.text;
  turn.language = language;
  turn.say = sayIn(language);
  turn.before = before;
  turn.trace.question(question);
  turn.trace.stage('preprocess', turn.elapsed(), milliseconds);
  return turn;
}

/** @param conversationId '' for a turn that is nobody's own: what several askers share */
export function createTurn(conversationId: string, started: number): Turn {
  const spent = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
  const citations: Citation[] = [];
  let notes: { stage: Stage; text: string }[] = [];
  let sequence = 0;
  let text = '';

  const turn: Turn = {
    conversationId,
    messageId: randomUUID(),
    question: '',
    handedOver: null,
    rule: null,
    citations,
    session: newSession(conversationId),
    intent: null,
    language: 'en',
    say: sayIn('en'),
    before: earlierTurns([]),
    trace: createTraceRecorder(),
    get text() {
      return text;
    },
    event: (event) => {
      if (event.type === 'handover-start') turn.handedOver = event.reason;
      return { sequence: ++sequence, ...event };
    },
    async *stage(stage, work) {
      const before = performance.now();
      const result = await work();
      yield turn.endStage(stage, performance.now() - before);
      return result;
    },
    note: (stage, said) => void notes.push({ stage, text: said }),
    spend: (stage, milliseconds) => void (spent[stage] += milliseconds),
    endStage: (stage, milliseconds) => {
      turn.spend(stage, milliseconds);
      turn.trace.stage(stage, turn.elapsed(), milliseconds);
      const noted = notes.filter((one) => one.stage === stage).map(({ text: said }) => said);
      notes = notes.filter((one) => one.stage !== stage);
      return turn.event({
        type: 'stage-end',
        stage,
        milliseconds: round(spent[stage]),
        ...(noted.length > 0 && { notes: noted }),
      });
    },
    elapsed: () => performance.now() - started,
    show(shown, citation) {
      if (spent.first_token === 0) spent.first_token = turn.elapsed();
      if (!citation) return [append(shown)];
      const known = citations.find(
        (other) =>
          other.document_id === citation.document_id &&
          other.start === citation.start &&
          other.end === citation.end,
      );
      const entry = known ?? { index: citations.length + 1, ...citation };
      if (!known) citations.push(entry);
      // Events are numbered as they are made: the citation comes before the text that refers to it.
      const added = known ? [] : [turn.event({ type: 'citation-add', citation: entry })];
      return [...added, append(`${shown} [${entry.index}]`)];
    },
    take(event) {
      if (event.type === 'stage-end') spent[event.stage] = event.milliseconds;
      if (event.type === 'handover-start') turn.handedOver = event.reason;
      if (event.type === 'citation-add') citations.push(event.citation);
      if (event.type === 'text-delta') {
        if (spent.first_token === 0) spent.first_token = turn.elapsed();
        text += event.text;
      }
      return { ...event, sequence: ++sequence };
    },
    timings: () => ({ ...mapValues(spent), total: round(turn.elapsed()) }),
  };
  const append = (shown: string): AnswerEvent => {
    const delta = text === '' ? shown : ` ${shown}`;
    text += delta;
    return turn.event({ type: 'text-delta', text: delta });
  };
  return turn;
}

/** The answer object of this turn, completed by what is particular to its outcome. */
export function answerOf(
  turn: Turn,
  rest: Partial<Answer> & Pick<Answer, 'outcome' | 'confidence' | 'mode'>,
): Answer {
  return {
    conversation_id: turn.conversationId,
    message_id: turn.messageId,
    answer: turn.text,
    intent: turn.intent,
    language: turn.language,
    quick_replies: [],
    citations: [...turn.citations],
    products: [],
    order: null,
    ticket: null,
    timings_ms: turn.timings(),
    ...rest,
  };
}

function mapValues(spent: Record<Stage, number>): Record<Stage, number> {
  return Object.fromEntries(STAGES.map((stage) => [stage, round(spent[stage])])) as Record<Stage, number>;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
