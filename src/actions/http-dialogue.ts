import { boundPattern } from '../understand/check-pattern.ts';
import type { ActionDialogue, ActionField, ActionInput } from './action-contracts.ts';
import { ACTIONS } from './action-settings.ts';
import { fillTemplate, placesIn } from './fill-template.ts';
import type { HttpActionDefinition } from './http-action-definition.ts';

/** How a conversation finds and fills the action; nothing where the owner named neither intents nor patterns. */
export function httpDialogue(definition: HttpActionDefinition): { dialogue?: ActionDialogue } {
  const { intents = [], patterns = [], done, own_order: ownOrder = null, identified = false } = definition;
  if (intents.length + patterns.length === 0) return {};
  const expressions = patterns.map((pattern) => {
    const checked = boundPattern(pattern);
    return new RegExp('bounded' in checked ? checked.bounded : '(?!)', 'iu');
  });
  return {
    dialogue: {
      intents,
      fields: Object.entries(definition.input).map(([name, field]) => fieldOf(name, field)),
      ownOrder,
      identified,
      matches: (text) => expressions.some((expression) => expression.test(text)),
      doneText: (input, output) => (done === undefined ? null : sayDone(done, input, output)),
    },
  };
}

function fieldOf(name: string, field: HttpActionDefinition['input'][string]): ActionField {
  const { type, required = false, pattern, entity = null, from = null, description } = field;
  return {
    name,
    type,
    required,
    askText: field.ask ?? description ?? `Please tell me: ${name.replaceAll('_', ' ')}`,
    // Within a message, but not within a longer word or code.
    pattern: pattern === undefined ? null : new RegExp(`(?<![\\w-])(?:${pattern})(?!\\w|-\\w)`),
    entity,
    from,
  };
}

/** Null when a place has nothing to stand in it: half a sentence would be worse than none. */
function sayDone(template: string, input: ActionInput, output: unknown): string | null {
  const values: Record<string, unknown> = { ...plainFields(output), ...input };
  if (placesIn(template).some((place) => values[place] === undefined)) return null;
  return fillTemplate(template, values);
}

/** Short texts, numbers and booleans of the other side's answer; the rest is not for customers. */
function plainFields(output: unknown): Record<string, string> {
  if (typeof output !== 'object' || output === null) return {};
  return Object.fromEntries(
    Object.entries(output).flatMap(([name, value]): [string, string][] => {
      const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      if (!plain) return [];
      return [[name, String(value).replace(/\s+/g, ' ').trim().slice(0, ACTIONS.textCharacters)]];
    }),
  );
}
