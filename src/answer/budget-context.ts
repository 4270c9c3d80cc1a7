import type { Span, TokenCounter } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { CONTEXT } from './answer-settings.ts';
import type { ContextPassage, QuestionPart, RankedPassage } from './path-types.ts';

/**
 * Chooses whole sentences of the best passages within the token budget: those where the reader sees an
 * answer first, then their neighbours. Sentences keep the order of their document. With several parts
 * each has its share, its best passage first.
 */
export function budgetContext(parts: readonly QuestionPart[], tokens: TokenCounter): ContextPassage[] {
  const context: ContextPassage[] = [];
  const share = CONTEXT.maxTokens / Math.max(parts.length, 1);
  const most = Math.max(1, Math.floor(CONTEXT.maxPassages / Math.max(parts.length, 1)));
  for (const { ranked } of parts) {
    let left = share;
    for (const passage of worthReading(ranked).slice(0, most)) {
      if (context.some((other) => other.passage.chunk.id === passage.chunk.id)) continue;
      const chosen = fitPassage(passage, left, tokens);
      if (!chosen) continue;
      left -= chosen.cost;
      context.push({ index: context.length + 1, passage, chosen: chosen.sentences, text: chosen.text });
    }
  }
  return context;
}

function worthReading(ranked: readonly RankedPassage[]): readonly RankedPassage[] {
  const floor = (ranked[0]?.reading.relevance ?? 0) * CONTEXT.relevanceShare;
  return ranked.filter(({ reading }) => reading.relevance >= floor);
}

/** Tokens of "[1] ", ": " and the empty line between passages. */
const FRAME_TOKENS = 5;

function fitPassage(
  passage: RankedPassage,
  room: number,
  tokens: TokenCounter,
): { sentences: Span[]; text: string; cost: number } | null {
  const { headingPath, text } = passage.chunk;
  const sentences = chooseSentences(passage, room - tokens.countTokens(headingPath) - FRAME_TOKENS, tokens);
  if (sentences.length === 0) return null;
  const body = sentences.map(({ start, end }) => text.slice(start, end)).join(' ');
  const shown = passageText({ headingPath, text: body });
  return { sentences, text: shown, cost: tokens.countTokens(shown) + FRAME_TOKENS };
}

function chooseSentences(passage: RankedPassage, room: number, tokens: TokenCounter): Span[] {
  const { sentences, reading, chunk } = passage;
  const best = sentences.map((_, index) => index).sort((a, b) => logitOf(reading.sentenceLogits, b) - logitOf(reading.sentenceLogits, a));
  const wanted = new Set<number>();
  let left = room;
  for (const index of withNeighbours(best, sentences.length)) {
    if (wanted.size >= CONTEXT.maxSentences) break;
    const sentence = sentences[index];
    if (!sentence || wanted.has(index)) continue;
    const cost = tokens.countTokens(chunk.text.slice(sentence.start, sentence.end));
    if (cost > left) continue;
    left -= cost;
    wanted.add(index);
  }
  return sentences.filter((_, index) => wanted.has(index));
}

/** The best sentence, its neighbours (it may lean on them), then the others by their logit. */
function withNeighbours(best: readonly number[], count: number): number[] {
  const [first, ...others] = best;
  if (first === undefined) return [];
  return [first, first - 1, first + 1, ...others].filter((index) => index >= 0 && index < count);
}

function logitOf(logits: readonly number[], index: number): number {
  return logits[index] ?? Number.NEGATIVE_INFINITY;
}
