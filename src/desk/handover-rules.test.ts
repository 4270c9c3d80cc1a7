import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HANDOVER_RULES, matchRule } from './handover-rules.ts';

/** Sentences that must meet a line, with its name, and near misses that must meet none; `src/testing/handover-sentences`. */
interface LabelledSentences {
  must: [text: string, rule: string][];
  mustNot: string[];
}

const FOLDER = new URL('../testing/handover-sentences/', import.meta.url);
const SETS = readdirSync(FOLDER).map(
  (name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as LabelledSentences] as const,
);

/** The line for a message that was not answered either. */
function ruleOf(text: string): string | null {
  return (
    matchRule(HANDOVER_RULES, { text, intent: null, failures: 1, unanswered: 0, vip: false })?.name ?? null
  );
}

it.each(SETS)('%s: each sentence meets the line that it is meant for', (_, { must }) => {
  expect(must.map(([text]) => [text, ruleOf(text)])).toEqual(must);
});

it.each(SETS)('%s: near misses meet none', (_, { mustNot }) => {
  expect(mustNot.map((text) => [text, ruleOf(text)]).filter(([, rule]) => rule !== null)).toEqual([]);
});

it('has no line whose words are not found in themselves', () => {
  for (const { name, words = [] } of HANDOVER_RULES)
    for (const word of words) {
      const rules = HANDOVER_RULES.filter((rule) => rule.name === name);
      const text = word.replaceAll(/ ?\*/g, '');
      expect([
        word,
        matchRule(rules, { text, intent: null, failures: 1, unanswered: 0, vip: false })?.name,
      ]).toEqual([word, name]);
    }
});
