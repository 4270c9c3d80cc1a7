import { hasCode } from '../errors.ts';
import { answerFromDocuments } from './answer.ts';
import type { Citation } from './answer-types.ts';
import { SUGGESTIONS } from './answer-settings.ts';
import { liveAnswer, refusalOf, type Ending } from './close-turn.ts';
import type { Confidence } from './confidence.ts';
import type { PastMessage } from './decide/earlier-turns.ts';
import { findUnanswered } from './find-unanswered.ts';
import { findShopFacts } from './live/find-live.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { asksForPerson, readIntent, smallTalk } from './read-intent.ts';
import { openUnstoredTurn, type Turn } from './turn.ts';

/** What the assistant would say in a person's place. */
export interface SuggestedReply {
  /** The customer's message that it replies to. */
  messageId: string;
  /** Without the marks of its citations: it is to be sent by a person. */
  text: string;
  citations: readonly Citation[];
  confidence: number;
  /** Whether a customer would be answered with it; false: the evidence is weaker than that. */
  sure: boolean;
  /** ISO 639-1 */
  language: string;
}

/**
 * The reply to what the customer asked last and nobody has answered, by the stages of answer.ts; nothing is stored,
 * no rule of the desk is asked and no answer of others is served. Null where nothing was asked or nothing relevant
 * found, and for what stands in the conversation already.
 * @throws models_unavailable, model_failed, overloaded, cancelled, storage_*
 */
export async function suggestReply(
  conversationId: string,
  given: AnswerTools,
  signal: AbortSignal,
): Promise<SuggestedReply | null> {
  const messages = await given.conversations.listRecentMessages(conversationId, SUGGESTIONS.messages);
  const tools: AnswerTools = {
    ...given,
    reuse: null,
    retrievals: null,
    confidence: lenient(given.confidence),
  };
  for (const at of findUnanswered(messages)) {
    const opened = await openMessage(conversationId, messages, at, tools);
    if (opened === null) continue;
    const { turn, question } = opened;
    if (refusalOf(question)) return null;
    if (question.wantsPerson) continue;
    const ending = await answer(turn, question, tools, signal);
    if (ending === null) continue;
    return suggestionOf(turn, ending, messages[at]!.id, messages, given.confidence);
  }
  return null;
}

/** Null for what is no question: a file alone, or more than can be read. */
async function openMessage(
  conversationId: string,
  messages: readonly PastMessage[],
  at: number,
  tools: AnswerTools,
): Promise<{ turn: Turn; question: Question } | null> {
  try {
    const request = { message: messages[at]!.text, conversationId };
    return await openUnstoredTurn(request, messages.slice(0, at), tools);
  } catch (error) {
    if (NO_QUESTION.some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

const NO_QUESTION = ['question_empty', 'question_too_long', 'question_not_text'] as const;

/**
 * Orders and actions are left out: what they tell depends on who asks, and trying them leaves traces.
 * @returns null when the message asks for nothing
 */
async function answer(
  turn: Turn,
  question: Question,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<Ending | null> {
  const read = await readIntent(question, tools, signal);
  const { intent } = read;
  if (asksForPerson(question, intent) || smallTalk(question, intent) !== null) return null;
  turn.intent = intent && { name: intent.intent, confidence: intent.confidence };
  const asker = { say: turn.say, facts: [] };
  const live = await findShopFacts(question, intent, asker, tools.live, signal);
  if (live) return lastOf(liveAnswer(turn, live, tools));
  return lastOf(answerFromDocuments({ turn, mode: 'auto', tools, signal }, question, read));
}

function suggestionOf(
  turn: Turn,
  { answer: { outcome, confidence } }: Ending,
  messageId: string,
  messages: readonly PastMessage[],
  usual: Confidence,
): SuggestedReply | null {
  if (outcome === 'declined' || outcome === 'handed_off') return null;
  const text = withoutMarks(turn.text);
  if (text === '' || messages.some((said) => isSaidIn(said.text, text))) return null;
  const { decline } = usual.modelFor(turn.intent && { intent: turn.intent.name });
  const { language } = turn;
  const citations = [...turn.citations];
  return { messageId, text, citations, confidence, sure: confidence >= decline, language };
}

/** The same confidences, with a lower threshold: who reads a suggestion judges it before it is sent. */
function lenient(usual: Confidence): Confidence {
  return {
    name: `${usual.name}, suggestions`,
    modelFor: (intent) => {
      const model = usual.modelFor(intent);
      return { ...model, decline: Math.min(model.decline, SUGGESTIONS.floor) };
    },
  };
}

function isSaidIn(said: string, text: string): boolean {
  return plain(withoutMarks(said)).includes(plain(text));
}

/** In the ends of words, so that "10 days" is not found in "110 days". */
function plain(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;
}

function withoutMarks(text: string): string {
  return text.replace(/ ?\[\d+\]/g, '').trim();
}

/** What a stage returns, its events passed over: nobody waits for the words. */
async function lastOf<Result>(stage: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return step.value;
  }
}
