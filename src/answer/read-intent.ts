import { hasCode } from '../errors.ts';
import type { IntentReading } from '../inference/contracts.ts';
import { SMALL_TALK, type SmallTalk } from './courtesy-words.ts';
import { ROUTING } from './answer-settings.ts';
import type { AnswerTools, Question } from './path-types.ts';

export interface ReadIntent {
  /** Null when the models were away. */
  intent: IntentReading | null;
  /** The question's vector [dimensions], for the search; null when the models were away. */
  vector: Float32Array | null;
}

/** What the customer wants, by the intent heads. @throws cancelled, overloaded */
export async function readIntent(
  question: Question,
  { models }: AnswerTools,
  signal: AbortSignal,
): Promise<ReadIntent> {
  try {
    const [vector] = await models.embedder.embed([question.standalone], { signal });
    if (!vector) return { intent: null, vector: null };
    return { intent: await models.intents.classify(vector, { signal }), vector };
  } catch (error) {
    // Who decides later says so (`models_unavailable`); here nothing is lost.
    if (hasCode(error, 'models_unavailable') || hasCode(error, 'model_failed'))
      return { intent: null, vector: null };
    throw error;
  }
}

/** Asks for a person, in words that the patterns don't know? Only when nothing else is asked. */
export function asksForPerson(question: Question, intent: IntentReading | null): boolean {
  return isSure(intent, ROUTING.person) && intent?.intent === 'speak_to_person' && !question.asks;
}

/** A greeting, thanks or a goodbye that asks for nothing, or null. */
export function smallTalk(question: Question, intent: IntentReading | null): SmallTalk | null {
  if (question.smallTalk !== null) return question.smallTalk;
  if (question.asks || !isSure(intent, ROUTING.smallTalk)) return null;
  return SMALL_TALK.find((kind) => kind === intent?.intent) ?? null;
}

function isSure(intent: IntentReading | null, floor: number): boolean {
  return intent !== null && intent.confidence >= floor;
}
