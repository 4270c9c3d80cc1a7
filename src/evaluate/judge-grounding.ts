import { CHECKING } from '../answer/answer-settings.ts';
import { checkSentence } from '../answer/check-sentence.ts';
import { isVerbatim } from '../answer/verify-sentence.ts';
import type { Verifier } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { splitPassage } from '../text/split-passage.ts';
import type { GroundingPair } from './evaluation-types.ts';

/** What one judge says of one pair. */
export interface Judgement {
  /** What is true, by the file. */
  held: boolean;
  kind: string;
  /** What the judge says. */
  accepted: boolean;
  /** The higher, the surer that it is held; 0…1. The deterministic check knows 0 and 1 alone. */
  score: number;
  milliseconds: number;
}

/** `both` judges as the answer path does: the check, then the verifier unless the statement is a copy. */
export interface PairJudgements {
  check: Judgement;
  verifier: Judgement | null;
  both: Judgement | null;
}

/** @throws cancelled, model_failed */
export async function judgePair(
  { statement, evidence, heading = '', held, kind }: GroundingPair,
  verifier: Verifier | null,
  signal: AbortSignal,
): Promise<PairJudgements> {
  const truth = { held, kind: kind ?? (held ? 'held' : 'unsupported') };
  const passage = { headingPath: heading, text: evidence, sentences: splitPassage(evidence) };
  const started = performance.now();
  const checked = checkSentence(statement, passage).held;
  const checkMs = performance.now() - started;
  const check = { ...truth, accepted: checked, score: Number(checked), milliseconds: checkMs };
  if (!verifier) return { check, verifier: null, both: null };

  const asked = performance.now();
  const pair = { statement, evidence: passageText(passage) };
  const [probability = 0] = await verifier.verify([pair], { signal });
  const verifierMs = performance.now() - asked;
  const copied = isVerbatim(statement, passage);
  const score = !checked ? 0 : copied ? 1 : probability;
  return {
    check,
    verifier: { ...truth, ...judged(probability), milliseconds: verifierMs },
    both: { ...truth, ...judged(score), milliseconds: checkMs + (checked && !copied ? verifierMs : 0) },
  };
}

function judged(score: number): Pick<Judgement, 'accepted' | 'score'> {
  return { accepted: score >= CHECKING.verifierFloor, score };
}
