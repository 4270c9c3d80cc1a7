import { AnswerboxError } from '../errors.ts';
import { INTENT_SETTINGS } from './intents-settings.ts';
import { OUT_OF_SCOPE, type IntentExample } from './intents-types.ts';

export interface CheckedExamples {
  /** Without repetitions, and no more of an intent than are used. */
  examples: IntentExample[];
  /** What was left out, in words. */
  warnings: string[];
}

/** @throws intent_examples_invalid */
export function checkExamples(path: string, lines: readonly IntentExample[]): CheckedExamples {
  const { leastExamples, mostExamples } = INTENT_SETTINGS;
  const refuse = (reason: string): never => {
    throw new AnswerboxError('intent_examples_invalid', { path, reason, least: leastExamples });
  };
  const byLabel = new Map<string, Set<string>>();
  for (const { text, label } of lines) {
    const texts = byLabel.get(label) ?? new Set();
    byLabel.set(label, texts.add(text.trim()));
  }
  const intents = [...byLabel].filter(([label]) => label !== OUT_OF_SCOPE);
  if (intents.length === 0)
    refuse(lines.length === 0 ? 'it holds no examples' : 'it holds no intent but "oos"');
  if (intents.length === 1)
    refuse(`it holds one intent alone ("${intents[0]![0]}"); there must be two to tell apart`);
  const few = [...byLabel].filter(([, texts]) => texts.size < leastExamples);
  if (few.length > 0)
    refuse(
      `too few different examples of ${few
        .slice(0, 5)
        .map(([label, texts]) => `"${label}" (${texts.size})`)
        .join(', ')}${few.length > 5 ? ` and ${few.length - 5} more` : ''}`,
    );
  const warnings = [...byLabel].flatMap(([label, texts]) =>
    texts.size > mostExamples
      ? [`Of "${label}" the first ${mostExamples} of ${texts.size} examples are used.`]
      : [],
  );
  const examples = [...byLabel].flatMap(([label, texts]) =>
    [...texts].slice(0, mostExamples).map((text) => ({ text, label })),
  );
  return { examples, warnings };
}
