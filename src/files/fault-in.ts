import type { TSchema } from '@sinclair/typebox';
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { Value } from '@sinclair/typebox/value';

/** Characters of a wrong value that are said again. */
const MOST_SAID = 80;

/**
 * What is wrong first, in words: where it is, what was found, and what the schema's description asks for there.
 * @returns null when nothing is
 */
export function faultIn(schema: TSchema, value: unknown): string | null {
  const first = Value.Errors(schema, value).First();
  return first ? describe(first) : null;
}

function describe({ type, path, schema, value, message }: ValueError): string {
  const place = path.split('/').slice(1).join('.') || 'the whole';
  const needed = schema.description ?? message;
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties: {
      const known = Object.keys((schema.properties ?? {}) as object);
      return `${place} is not known; known beside it are ${known.join(', ')}`;
    }
    case ValueErrorType.ObjectRequiredProperty:
      return `${place} is missing: ${needed}`;
    default:
      return `${place} is ${say(value)}: ${needed}`;
  }
}

function say(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
}
