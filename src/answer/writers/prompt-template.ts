import { Type, type Static } from '@sinclair/typebox';
import { closest } from 'fastest-levenshtein';

const Lines = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String(), { minItems: 1 })]);

/** A file of data/prompts; its README says what each key is for. */
export const PROMPT_TEMPLATE_FILE = Type.Object(
  {
    chat: Type.Union([Type.Literal('chatml'), Type.Literal('model')]),
    system: Lines,
    user: Lines,
    passage: Type.String({ minLength: 1 }),
    between_passages: Type.String(),
    refusal: Type.String({ minLength: 1 }),
    stop: Type.Array(Type.String({ minLength: 1 }), { maxItems: 8 }),
  },
  { additionalProperties: false },
);
export type PromptTemplateFile = Static<typeof PROMPT_TEMPLATE_FILE>;

/** How one generator is asked. */
export interface PromptTemplate {
  /** Its file's name without `.json`. */
  readonly name: string;
  /** What turns are made of: ChatML, or the chat template inside the model's own file. */
  readonly chat: 'chatml' | 'model';
  readonly system: string;
  readonly user: string;
  readonly passage: string;
  readonly betweenPassages: string;
  /** What the generator says when the passages do not hold the answer. */
  readonly refusal: string;
  /** Texts at which a draft ends. */
  readonly stop: readonly string[];
}

/** Places that are the same for every question of a shop. */
export const SHOP_PLACES = ['shop', 'email', 'phone', 'url', 'hours', 'profile', 'refusal'] as const;
const QUESTION_PLACES = ['passages', 'question'] as const;
const PASSAGE_PLACES = ['number', 'passage'] as const;

const PLACE = /\{(\w+)\}/g;

export function templateOf(name: string, file: PromptTemplateFile): PromptTemplate {
  const joined = (text: string | string[]): string => (typeof text === 'string' ? text : text.join('\n'));
  const { chat, passage, refusal, stop } = file;
  return {
    name,
    chat,
    system: joined(file.system),
    user: joined(file.user),
    passage,
    betweenPassages: file.between_passages,
    refusal,
    stop,
  };
}

/**
 * What is wrong with a template, in words for its owner, or null. What changes from question to question must come
 * last: the model keeps its work on all that two prompts begin with.
 */
export function faultOf({ system, user, passage }: PromptTemplate): string | null {
  const early = placesIn(system).find((place) => QUESTION_PLACES.some((known) => known === place));
  if (early !== undefined)
    return `/system: {${early}} changes with every question and belongs into /user, so that what the model read of the system turn can be kept`;
  const fault =
    unknownPlace('/system', system, SHOP_PLACES) ??
    unknownPlace('/user', user, [...SHOP_PLACES, ...QUESTION_PLACES]) ??
    unknownPlace('/passage', passage, PASSAGE_PLACES) ??
    missingPlace('/user', user, QUESTION_PLACES) ??
    missingPlace('/passage', passage, PASSAGE_PLACES);
  if (fault !== null) return fault;
  return user.indexOf('{passages}') < user.indexOf('{question}')
    ? null
    : '/user: {passages} must stand before {question}, so that what the model read of them can be kept';
}

/** Puts values into places; a place without a value is left empty. */
export function fillPlaces(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACE, (_, name: string) => values[name] ?? '');
}

function placesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
}

function unknownPlace(key: string, text: string, known: readonly string[]): string | null {
  const unknown = placesIn(text).find((place) => !known.includes(place));
  if (unknown === undefined) return null;
  return `${key}: the place {${unknown}} is not known there; did you mean {${closest(unknown, known)}}?`;
}

function missingPlace(key: string, text: string, needed: readonly string[]): string | null {
  const missing = needed.find((place) => !placesIn(text).includes(place));
  return missing === undefined ? null : `${key}: the place {${missing}} is missing`;
}
