import { HARM_PATTERNS, type Harm } from './harm-patterns.ts';
import { plainForm, withoutLeet } from './plain-form.ts';

export type { Harm } from './harm-patterns.ts';

/** What kind of harm a customer's text asks for or speaks of doing, or null. Self-harm goes before all others. */
export function findHarm(text: string): Harm | null {
  const plain = plainForm(text);
  const leet = withoutLeet(plain);
  const forms = leet === null ? [plain] : [plain, leet];
  const asks = HARM_PATTERNS.find(({ pattern, unless }) =>
    forms.some((form) => pattern.test(form) && unless?.test(form) !== true),
  );
  return asks?.harm ?? null;
}
