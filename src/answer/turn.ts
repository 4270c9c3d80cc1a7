import { randomUUID } from 'node:crypto';
import type { HistoryMessage } from '../understand/standalone-question.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { preprocessQuestion } from './preprocess-question.ts';
import {
  STAGES,
  type Answer,
  type AnswerEvent,
  type Citation,
  type RequestedMode,
  type Stage,
  type Timings,
} from './answer-types.ts';

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
  readonly question: string;
  readonly citations: readonly Citation[];
  /** What the customer wants; null until it is read, and when nobody could tell. */
  intent: Answer['intent'];
  /** ISO 639-1 of the question, and so of the answer; 'und' when it cannot be told. */
  language: string;
  /** Text shown so far. */
  readonly text: string;
  event(event: NewEvent): AnswerEvent;
  /** Runs a stage, keeps its milliseconds and tells of its end. */
  stage<Result>(stage: Stage, work: () => Result | Promise<Result>): AsyncGenerator<AnswerEvent, Result>;
  /** Adds to a stage; nobody is told. */
  spend(stage: Stage, milliseconds: number): void;
  /** Adds to a stage that ran in pieces and tells of its end. */
  endStage(stage: Stage, milliseconds: number): AnswerEvent;
  /** Milliseconds since the question came. */
  elapsed(): number;
  /** The events that show a text with its citation; the same evidence keeps its number. */
  show(text: string, citation: Omit<Citation, 'index'> | null): AnswerEvent[];
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
 * Cleans and checks the question, then stores it, so that it is not lost whatever follows.
 * @throws question_*, storage_*
 */
export async function openTurn(
  request: { message: string; conversationId?: string; metadata?: Record<string, unknown> },
  { conversations, detectLanguage, maxQuestionCharacters }: AnswerTools,
): Promise<{ turn: Turn; question: Question; history: readonly HistoryMessage[] }> {
  const started = performance.now();
  const history =
    request.conversationId === undefined
      ? []
      : await conversations.listRecentMessages(request.conversationId, HISTORY_MESSAGES);
  const question = preprocessQuestion(request.message, maxQuestionCharacters, { history, detectLanguage });
  const preprocessed = performance.now() - started;
  const conversationId =
    request.conversationId ?? (await conversations.createConversation(request.metadata ?? {}));
  await conversations.addMessage({
    id: randomUUID(),
    conversationId,
    role: 'customer',
    text: question.text,
    answer: null,
  });
  const turn = createTurn(conversationId, question.text, started);
  turn.spend('preprocess', preprocessed);
  turn.language = question.language;
  return { turn, question, history };
}

function createTurn(conversationId: string, question: string, started: number): Turn {
  const spent = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
  const citations: Citation[] = [];
  let sequence = 0;
  let text = '';

  const turn: Turn = {
    conversationId,
    messageId: randomUUID(),
    question,
    citations,
    intent: null,
    language: 'en',
    get text() {
      return text;
    },
    event: (event) => ({ sequence: ++sequence, ...event }),
    async *stage(stage, work) {
      const before = performance.now();
      const result = await work();
      yield turn.endStage(stage, performance.now() - before);
      return result;
    },
    spend: (stage, milliseconds) => void (spent[stage] += milliseconds),
    endStage: (stage, milliseconds) => {
      turn.spend(stage, milliseconds);
      return turn.event({ type: 'stage-end', stage, milliseconds: round(spent[stage]) });
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
