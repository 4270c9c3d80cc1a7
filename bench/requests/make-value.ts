import type { Random } from '../../src/intents/random.ts';
import type { JsonSchema } from '../../src/testing/schema-values.ts';
import { REQUESTS } from './fuzz-settings.ts';

const TEXTS = [
  '',
  ' ',
  'boots',
  '0',
  '-1',
  'null',
  '1e999',
  '2026-02-30T25:61:00Z',
  'a@b.example',
  'https://127.0.0.1:1/',
  'file:///etc/passwd',
  '../../../../etc/passwd',
  `'; DROP TABLE users; -- " NEAR(a b) AND * ^ {x}:`,
  '<script>alert(1)</script>{{7*7}}${7*7}',
  'a\r\nX-Injected: yes',
  '\u0000\ud800\u202e\ufeff',
  '__proto__',
  'constructor',
  'ａ'.repeat(700),
  'x'.repeat(70_000),
  '(a+)+$',
  '🙂'.repeat(50),
  '99999999999999999999999999',
] as const;

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  -1e308,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  Array.from({ length: 2_000 }, (_, place) => place),
];

export function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!;
}

export function anyText(random: Random, known: readonly string[]): string {
  return known.length > 0 && random() < 0.4 ? pick(known, random) : pick(TEXTS, random);
}

/** A value that mostly fits the schema; some leaves are of another type, some members are missing or too many. */
export function anyValue(schema: JsonSchema, random: Random, known: readonly string[]): unknown {
  if (random() < REQUESTS.wrongLeaves) return random() < 0.5 ? pick(VALUES, random) : anyText(random, known);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(schema.enum, random);
  if (schema.anyOf !== undefined) return anyValue(pick(schema.anyOf, random), random, known);
  if (schema.allOf !== undefined)
    return Object.assign(
      {},
      ...schema.allOf.map((part) => asObject(anyValue(part, random, known))),
    ) as unknown;
  const type = Array.isArray(schema.type) ? pick(schema.type, random) : schema.type;
  if (type === 'object' || schema.properties !== undefined) return anyObject(schema, random, known);
  if (type === 'array')
    return Array.from({ length: Math.floor(random() * 4) }, () =>
      anyValue(schema.items ?? {}, random, known),
    );
  if (type === 'integer') return Math.floor(random() * 5) + (schema.minimum ?? 0);
  if (type === 'number') return random();
  if (type === 'boolean') return random() < 0.5;
  return type === 'null' ? null : anyText(random, known);
}

function anyObject(schema: JsonSchema, random: Random, known: readonly string[]): unknown {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const needed = schema.required?.includes(name) === true;
    return random() < (needed ? 0.97 : 0.4) ? [[name, anyValue(one, random, known)] as const] : [];
  });
  const extra = random() < 0.05 ? [[anyText(random, known), pick(VALUES, random)] as const] : [];
  return Object.fromEntries([...members, ...extra]);
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
