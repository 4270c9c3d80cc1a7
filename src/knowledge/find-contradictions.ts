import type { StatementPair } from '../inference/contracts.ts';
import type { ChunkRecord } from '../stores/contracts.ts';
import type { Contradiction } from '../stores/health-contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { splitSentences } from '../text/split-sentences.ts';
import {
  differenceOf,
  traitsOf,
  withDatesOf,
  withNumbersOf,
  type SentenceDifference,
} from './compare-sentences.ts';
import { HEALTH } from './health-settings.ts';
import { placeOf, type HealthTools, type RelatedPassages } from './health-tools.ts';

/** What is lent to the other sentence, by what differs. */
const LENT: Partial<Record<SentenceDifference['kind'], (one: string, other: string) => string>> = {
  number: withNumbersOf,
  date: withDatesOf,
};

export interface SentencePair {
  one: ChunkRecord;
  other: ChunkRecord;
  left: string;
  right: string;
  difference: SentenceDifference;
  /** The wording of both, numbers left out. */
  template: string;
}

/** Sentences of two related passages that seem to say different things of one subject. */
export function suspiciousPairs({ one, other }: RelatedPassages, hasVerifier: boolean): SentencePair[] {
  const floor = hasVerifier ? HEALTH.subjectShared : HEALTH.subjectSharedAlone;
  const pairs: SentencePair[] = [];
  const rights = sentencesOf(other).map(traitsOf);
  for (const left of sentencesOf(one).map(traitsOf)) {
    for (const right of rights) {
      const difference = differenceOf(left, right);
      if (difference && difference.shared >= floor)
        pairs.push({
          one,
          other,
          left: left.text,
          right: right.text,
          difference,
          template: `${left.template}\n${right.template}`,
        });
    }
  }
  return pairs;
}

/**
 * Decides with the verifier. For numbers and dates: does the statement follow once the other sentence is given its
 * own, and not before? Then it is one subject, and they are what differs. For the rest: neither follows
 * from the other.
 */
export async function decidePairs(
  pairs: readonly SentencePair[],
  { verifier }: Pick<HealthTools, 'verifier'>,
  signal: AbortSignal,
): Promise<Contradiction[]> {
  if (!verifier) return pairs.map((pair) => contradictionOf(pair, 'rules'));
  const asked = pairs.flatMap((pair): StatementPair[] => {
    const { one, other, left, right } = pair;
    const alike = LENT[pair.difference.kind]?.(left, right) ?? right;
    return [
      { statement: left, evidence: passageText({ headingPath: other.headingPath, text: right }) },
      { statement: right, evidence: passageText({ headingPath: one.headingPath, text: left }) },
      { statement: left, evidence: passageText({ headingPath: other.headingPath, text: alike }) },
    ];
  });
  const held = await verifier.verify(asked, { priority: 'ingest', signal });
  return pairs
    .filter((pair, index) => {
      const [byOther = 1, byOne = 1, byAlike = 0] = held.slice(index * 3, index * 3 + 3);
      const differs = byOther < HEALTH.notHeldBelow && byOne < HEALTH.notHeldBelow;
      return differs && (LENT[pair.difference.kind] === undefined || byAlike >= HEALTH.heldFrom);
    })
    .map((pair) => contradictionOf(pair, 'verifier'));
}

function contradictionOf(pair: SentencePair, decidedBy: Contradiction['decidedBy']): Contradiction {
  const { one, other, left, right, difference } = pair;
  return {
    kind: difference.kind,
    one: { ...placeOf(one), quote: left },
    other: { ...placeOf(other), quote: right },
    decidedBy,
  };
}

function sentencesOf({ text }: ChunkRecord): string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => sentence.length > 15 && sentence.length < 400);
}
