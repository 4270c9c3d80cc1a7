import type { Cache } from '../stores/memory-contracts.ts';
import type { Answer, RequestedMode } from './answer-types.ts';
import { CACHED_FORMAT, NEAR_ANSWERS } from './reuse-settings.ts';

export interface AnswerQuery {
  /** The question, made to stand by itself. */
  standalone: string;
  /** Who may see what the answer draws on. */
  audience: string;
  language: string;
  mode: RequestedMode;
}

/** An answer to a question that is near; not to be served before {@link agreesWith} agrees. */
export interface AnswerCandidate {
  question: string;
  answer: Answer;
  /** Cosine of the two questions, floor…1. */
  similarity: number;
}

/** `versions`: of all that an answer rests on; kept at one, an answer is never served at another. */
export interface AnswerCache {
  get(key: string, versions: string): Promise<Answer | null>;
  /**
   * Keeps an answer that is the same for all who may ask; says whether it did. Live facts, and what depends on
   * the hour, must not be given: no version tells of them.
   * @param near the question as it was asked and its unit vector, to be found by near questions
   */
  put(
    key: string,
    versions: string,
    answer: Answer,
    near?: { question: string; vector: Float32Array },
  ): Promise<boolean>;
  /** The nearest question of the same audience, language and mode whose answer is still good, or null. */
  findNear(vector: Float32Array, key: string, versions: string): Promise<AnswerCandidate | null>;
}

/** Between scope and question; no text that was cleaned holds it. */
const BORDER = '\u0000';

/** Equal for questions that differ in case, spacing and closing marks alone. */
export function answerCacheKey({ standalone, audience, language, mode }: AnswerQuery): string {
  const question = standalone
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.?!…。？！]+$/u, '')
    .trim();
  return [JSON.stringify([CACHED_FORMAT.version, audience, language, mode]), question].join(BORDER);
}

interface RecentQuestion {
  key: string;
  question: string;
  vector: Float32Array;
}

/**
 * Answers kept by question and by the versions of all their sources. The vectors of recent questions are held
 * in memory alone: after a start near questions are found again as they are asked.
 */
export function createAnswerCache(
  cache: Cache,
  { cosineFloor = NEAR_ANSWERS.cosineFloor, recent = NEAR_ANSWERS.recent }: Partial<NearOptions> = {},
): AnswerCache {
  /** In order of `put`, the oldest first. */
  const questions = new Map<string, RecentQuestion>();
  const read = async (key: string, versions: string): Promise<Answer | null> => {
    const bytes = await cache.get('answer', key, versions);
    return bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as Answer);
  };
  return {
    get: read,
    put: async (key, versions, answer, near) => {
      if (!isForAll(answer)) return false;
      await cache.put('answer', key, versions, Buffer.from(JSON.stringify(withoutIds(answer)), 'utf8'));
      questions.delete(key);
      if (near !== undefined && answer.citations.length > 0) questions.set(key, { key, ...near });
      for (const oldest of questions.keys()) {
        if (questions.size <= recent) break;
        questions.delete(oldest);
      }
      return true;
    },
    findNear: async (vector, key, versions) => {
      for (const { question, similarity } of nearest(questions.values(), vector, key, cosineFloor)) {
        const answer = await read(question.key, versions);
        if (answer !== null) return { question: question.question, answer, similarity };
        questions.delete(question.key);
      }
      return null;
    },
  };
}

interface NearOptions {
  cosineFloor: number;
  recent: number;
}

interface NearQuestion {
  question: RecentQuestion;
  similarity: number;
}

function nearest(
  questions: Iterable<RecentQuestion>,
  vector: Float32Array,
  key: string,
  floor: number,
): NearQuestion[] {
  const near: NearQuestion[] = [];
  for (const question of questions) {
    if (question.key === key || scopeOf(question.key) !== scopeOf(key)) continue;
    const similarity = cosine(question.vector, vector);
    if (similarity >= floor) near.push({ question, similarity });
  }
  near.sort((left, right) => right.similarity - left.similarity);
  return near.slice(0, NEAR_ANSWERS.tried);
}

function scopeOf(key: string): string {
  return key.slice(0, key.indexOf(BORDER));
}

/** Of unit vectors; 0 of vectors of different models. */
function cosine(left: Float32Array, right: Float32Array): number {
  if (left.length !== right.length) return 0;
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += left[place]! * right[place]!;
  return sum;
}

/** An order is one customer's own, a price that moment's; a hand-over and a question back are one conversation's. */
function isForAll({ order, products, ticket, outcome, mode }: Answer): boolean {
  const settled = outcome === 'answered' || outcome === 'answered_with_caveat' || outcome === 'declined';
  return order === null && products.length === 0 && ticket === null && settled && mode !== 'cached';
}

function withoutIds(answer: Answer): Answer {
  return { ...answer, conversation_id: '', message_id: '' };
}
