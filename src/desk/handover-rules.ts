import { Type, type Static } from '@sinclair/typebox';
import {
  HANDOVER_REASONS,
  PRIORITIES,
  type HandoverReason,
  type Priority,
} from '../stores/ticket-contracts.ts';
import { hasWords } from './find-words.ts';
import { builtInWords } from './handover-words/built-in-words.ts';

const literals = <Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

/** One line of the table. Every condition that it names must hold; how words are found: {@link hasWords}. */
export const HANDOVER_RULE = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    reason: literals(HANDOVER_REASONS),
    priority: literals(PRIORITIES),
    /** Any of these words or phrases in the message. */
    words: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 100 }), { minItems: 1 })),
    /** Phrases in which those words mean something else: "emergency exit". */
    except: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 100 }), { minItems: 1 })),
    /** Any of these intents, as the answer has it. */
    intents: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    /** Answers in a row that were none (declined, asked back), this one among them. */
    failures: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** Messages of the customer in a row that got no answer at all, this one among them. */
    unanswered: Type.Optional(Type.Integer({ minimum: 2, maximum: 20 })),
    /** The customer is marked as important. */
    vip: Type.Optional(Type.Boolean()),
    /** Share of capital letters or of exclamation marks that people shout with. */
    shouting: Type.Optional(Type.Boolean()),
    /** False: the line stands in the table and does nothing. */
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type HandoverRule = Omit<Static<typeof HANDOVER_RULE>, 'reason' | 'priority'> & {
  reason: HandoverReason;
  priority: Priority;
};
/** `handover-rules.json` in the data folder: instead of the built-in table. */
export const HANDOVER_RULES_FILE = Type.Array(HANDOVER_RULE, { maxItems: 200 });

/** The first line that holds hands the conversation over. */
export const HANDOVER_RULES: readonly HandoverRule[] = [
  { name: 'danger to people', reason: 'sensitive', priority: 'urgent', ...builtInWords('danger') },
  { name: 'law and authorities', reason: 'sensitive', priority: 'high', ...builtInWords('law') },
  { name: 'anger', reason: 'frustration', priority: 'high', ...builtInWords('anger') },
  { name: 'urgency', reason: 'urgency', priority: 'urgent', ...builtInWords('urgency'), failures: 1 },
  { name: 'annoyance', reason: 'frustration', priority: 'high', ...builtInWords('annoyance'), failures: 1 },
  { name: 'shouting', reason: 'frustration', priority: 'high', shouting: true, failures: 1 },
  { name: 'important customer', reason: 'vip', priority: 'high', vip: true, failures: 1 },
  {
    name: 'complaint',
    reason: 'frustration',
    priority: 'normal',
    intents: ['complaint', 'file_complaint'],
    failures: 1,
  },
  {
    name: 'complaint in words',
    reason: 'frustration',
    priority: 'normal',
    ...builtInWords('complaint'),
    failures: 1,
  },
  { name: 'no answer twice', reason: 'repeated_failure', priority: 'normal', failures: 2 },
  { name: 'left without an answer', reason: 'tool_failure', priority: 'high', unanswered: 2 },
];

export interface RuleFacts {
  text: string;
  intent: string | null;
  /** Answers in a row without one; before the answer is known, as if it were none yet. */
  failures: number;
  unanswered: number;
  vip: boolean;
}

/** @returns the first line whose conditions all hold, or null */
export function matchRule(rules: readonly HandoverRule[], facts: RuleFacts): HandoverRule | null {
  return rules.find((rule) => holds(rule, facts)) ?? null;
}

function holds(rule: HandoverRule, facts: RuleFacts): boolean {
  const { words, except, intents, failures, unanswered, vip, shouting, enabled = true } = rule;
  const conditions = [words, intents, failures, unanswered, vip, shouting].filter((one) => one !== undefined);
  return (
    enabled &&
    conditions.length > 0 &&
    (words === undefined || hasWords(facts.text, words, except)) &&
    (intents === undefined || (facts.intent !== null && intents.includes(facts.intent))) &&
    (failures === undefined || facts.failures >= failures) &&
    (unanswered === undefined || facts.unanswered >= unanswered) &&
    (vip === undefined || facts.vip === vip) &&
    (shouting === undefined || isShouting(facts.text) === shouting)
  );
}

/** Mostly capitals over more than a few letters, or three exclamation marks. */
function isShouting(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu) ?? [];
  return /!\s*!\s*!/.test(text) || (letters.length >= 12 && capitals.length / letters.length > 0.7);
}
