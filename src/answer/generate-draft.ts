import { hasCode } from '../errors.ts';
import type { Generator, GeneratorPrompt } from '../inference/contracts.ts';

/** A sentence of the draft and the passage numbers that it cites. */
export interface DraftSentence {
  text: string;
  cited: number[];
}

/** Failures with which the question is still answered, by quotations. */
const GENERATOR_AWAY = [
  'model_failed',
  'models_unavailable',
  'model_missing',
  'model_unusable',
  'overloaded',
  'prompt_too_long',
] as const;

/** A sentence ends where its citation mark closes: "… days. [1]", "… days [1]." or "… days [1] Next". */
const SENTENCE_END = /^.*?(?:[.!?]["')]*\s*\[\d+\]|\[\d+\]\s*[.!?]|\[\d+\](?=\s+[^\s.!?[]))/s;
const MARK = /\s*\[(\d+)\]/g;
/** Further marks of a sentence that was passed on already. */
const LEADING_MARKS = /^\s*(?:\[\d+\]\s*)+/;

/** How a draft came to its end. */
export type DraftEnd =
  | 'complete'
  | 'token_limit'
  /** At a text of the template's `stop`. */
  | 'stop_text'
  /** The time for all drafts is over. */
  | 'time_over'
  /** Its first sentence did not come in time. */
  | 'too_slow'
  /** The generator failed, or does not take the prompt. */
  | 'away';

export interface DraftLimits {
  signal: AbortSignal;
  maxTokens: number;
  /** Milliseconds for the whole draft. */
  timeoutMs: number;
  /** Milliseconds to its first sentence; null: as long as all of it may take. */
  patienceMs?: number | null;
  /** Texts at which it ends. */
  stop?: readonly string[];
}

/**
 * Sentences as they are complete, then how the draft ended. Ends early, without failing, at its limits or when the
 * generator goes away: what was complete by then stands. @throws cancelled when `signal` is raised
 */
export async function* generateDraft(
  prompt: GeneratorPrompt,
  generator: Generator,
  { signal, maxTokens, timeoutMs, patienceMs = null, stop = [] }: DraftLimits,
): AsyncGenerator<DraftSentence, DraftEnd> {
  const limit = AbortSignal.timeout(Math.max(0, Math.round(timeoutMs)));
  const slow = new AbortController();
  const patience = patienceMs === null ? undefined : setTimeout(() => slow.abort(), patienceMs);
  let text = '';
  try {
    const signals = AbortSignal.any([signal, limit, slow.signal]);
    for await (const event of generator.generate(prompt, { maxTokens, signal: signals })) {
      if (event.type === 'end') {
        // A sentence cut off by the token limit is not shown.
        if (event.stopReason !== 'end') return 'token_limit';
        if (/\w/.test(text.replace(LEADING_MARKS, ''))) yield parseSentence(text);
        return 'complete';
      }
      const { before, stopped } = untilStop(text + event.text, stop);
      text = before.replace(LEADING_MARKS, '');
      for (let match = SENTENCE_END.exec(text); match; match = SENTENCE_END.exec(text)) {
        clearTimeout(patience);
        yield parseSentence(match[0]);
        text = text.slice(match[0].length);
      }
      if (stopped) return 'stop_text';
    }
    return 'complete';
  } catch (error) {
    if (signal.aborted) throw error;
    if (limit.aborted) return 'time_over';
    if (slow.signal.aborted) return 'too_slow';
    if (GENERATOR_AWAY.some((code) => hasCode(error, code))) return 'away';
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

/** The text before the first of the stops in it. */
function untilStop(text: string, stop: readonly string[]): { before: string; stopped: boolean } {
  const places = stop.map((one) => text.indexOf(one)).filter((place) => place >= 0);
  return { before: text.slice(0, Math.min(text.length, ...places)), stopped: places.length > 0 };
}

function parseSentence(raw: string): DraftSentence {
  const cited = [...raw.matchAll(MARK)].map((match) => Number(match[1]));
  const text = raw
    .replace(MARK, '')
    .replace(/\s+([.!?])/g, '$1')
    .trim();
  return { text, cited };
}

/** @param refusal the words that the template asks for */
export function isRefusal(text: string, refusal = ''): boolean {
  if (refusal !== '' && text.trim().toLowerCase().startsWith(refusal.toLowerCase())) return true;
  return /^(?:i['’ ]?(?:m sorry|am sorry)[,.]? )?i (?:can['’]?t|cannot|could not|couldn['’]t) find/i.test(
    text.trim(),
  );
}
