import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { closest } from 'fastest-levenshtein';
import { CONFIG_SCHEMA, type Config } from './config-schema.ts';
import { AnswerboxError, reasonOf } from './errors.ts';

export type { Config };
type ConfigKey = keyof Config;
export type ConfigSource = 'default' | 'file' | 'environment';

export interface ExplainedSetting {
  key: string;
  variable: string;
  value: unknown;
  default: unknown;
  range: string;
  description: string;
  from: ConfigSource;
}

export interface LoadedConfig {
  config: Config;
  explained: ExplainedSetting[];
  /** NO_COLOR or TERM=dumb: no colour and no moving lines. */
  plainOutput: boolean;
}

export interface ConfigInput {
  environment?: Record<string, string | undefined>;
  /** Path of the optional configuration file. */
  file?: string;
}

const KEYS = Object.keys(CONFIG_SCHEMA.properties) as ConfigKey[];
const PREFIX = 'ANSWERBOX_';
/** Keys and passwords are in these. */
const SECRET_KEYS: readonly ConfigKey[] = ['identity_secret', 'smtp_url', 'encryption_key'];

/** @throws config_unknown_key, config_bad_value, config_unreadable */
export function loadConfig(input: ConfigInput = {}): LoadedConfig {
  const environment = input.environment ?? process.env;
  const fromFile = readFile(resolve(input.file ?? 'answerbox.config.json'));
  const fromEnvironment = readEnvironment(environment);
  const config: Record<string, unknown> = {};
  const explained = KEYS.map((key): ExplainedSetting => {
    const schema: TSchema = CONFIG_SCHEMA.properties[key];
    const from: ConfigSource = fromEnvironment.has(key)
      ? 'environment'
      : fromFile.has(key)
        ? 'file'
        : 'default';
    const value: unknown = fromEnvironment.get(key) ?? fromFile.get(key) ?? schema.default;
    checkValue(key, schema, value, from);
    config[key] = value;
    return {
      key,
      variable: PREFIX + key.toUpperCase(),
      value,
      default: schema.default,
      range: rangeOf(schema),
      description: schema.description ?? '',
      from,
    };
  });
  const plainOutput = environment['NO_COLOR'] !== undefined || environment['TERM'] === 'dumb';
  return { config: Object.freeze(config) as Config, explained, plainOutput };
}

/** Every setting in force, as it may be shown: what is secret is only said to be set. */
export function describeConfig(config: Config): Omit<ExplainedSetting, 'from'>[] {
  return KEYS.map((key) => {
    const schema: TSchema = CONFIG_SCHEMA.properties[key];
    const value: unknown = config[key];
    const hidden = SECRET_KEYS.includes(key) && value !== '';
    return {
      key,
      variable: PREFIX + key.toUpperCase(),
      value: hidden ? '(set)' : value,
      default: schema.default as unknown,
      range: rangeOf(schema),
      description: schema.description ?? '',
    };
  });
}

function readFile(path: string): Map<ConfigKey, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new AnswerboxError('config_unreadable', { path, reason: reasonOf(error) }, error);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new Error('it is not an object');
    return new Map(Object.entries(parsed).map(([name, value]) => [knownKey(name, name), value]));
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    throw new AnswerboxError('config_unreadable', { path, reason: reasonOf(error) }, error);
  }
}

function readEnvironment(environment: Record<string, string | undefined>): Map<ConfigKey, unknown> {
  const values = new Map<ConfigKey, unknown>();
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || text === undefined) continue;
    const key = knownKey(name.slice(PREFIX.length).toLowerCase(), name);
    values.set(key, fromText(CONFIG_SCHEMA.properties[key], text));
  }
  return values;
}

/** Objects are written as JSON in a variable; what is none is refused with the others by `checkValue`. */
function fromText(schema: TSchema, text: string): unknown {
  if (schema['type'] !== 'object') return Value.Convert(schema, text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function knownKey(key: string, shown: string): ConfigKey {
  if ((KEYS as string[]).includes(key)) return key as ConfigKey;
  const nearest = closest(key, KEYS);
  throw new AnswerboxError('config_unknown_key', {
    key: shown,
    nearest: shown.startsWith(PREFIX) ? PREFIX + nearest.toUpperCase() : nearest,
  });
}

function checkValue(key: ConfigKey, schema: TSchema, value: unknown, from: ConfigSource): void {
  if (Value.Check(schema, value)) return;
  throw new AnswerboxError('config_bad_value', {
    key: from === 'environment' ? PREFIX + key.toUpperCase() : key,
    found: JSON.stringify(value),
    needed: rangeOf(schema),
  });
}

function rangeOf(schema: TSchema): string {
  const choices = (schema['anyOf'] as { const: unknown }[] | undefined)?.map((choice) =>
    JSON.stringify(choice.const),
  );
  if (choices) return `one of ${choices.join(', ')}`;
  if (schema['type'] === 'integer') return `a whole number from ${schema['minimum']} to ${schema['maximum']}`;
  if (schema['type'] === 'number') return `a number from ${schema['minimum']} to ${schema['maximum']}`;
  if (schema['type'] === 'object') return schema.title ?? 'an object of numbers, as {"payment": 0.01}';
  if (schema['type'] === 'boolean') return 'true or false';
  return schema['minLength'] ? 'a text that is not empty' : 'a text';
}
