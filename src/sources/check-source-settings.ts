import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { AmountFields, FactFields } from './fact-fields.ts';
import { whyBadTemplate } from './fill-url.ts';
import { isCurrency } from './read-amount.ts';
import type { FactKind } from './source-contracts.ts';
import {
  SOURCE_SCHEMAS,
  type HttpSourceSettings,
  type SourceSettings,
  type SourceType,
} from './source-settings.ts';

/** What is wrong with the settings, and where: "[1].fields.price.amount". */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
  readonly field: string;

  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

/** @throws SettingsFault at the first thing that is wrong */
export function checkSourceSettings(value: unknown): SourceSettings[] {
  if (!Array.isArray(value)) throw new SettingsFault('the file', 'must hold a list of sources');
  const settings = value.map((one: unknown, index) => checkOne(one, `[${index}]`));
  for (const [index, { name }] of settings.entries()) {
    if (settings.findIndex((other) => other.name === name) < index)
      throw new SettingsFault(`[${index}].name`, `is the name of another source too: ${name}`);
  }
  return settings;
}

function checkOne(value: unknown, place: string): SourceSettings {
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(SOURCE_SCHEMAS, type))
    throw new SettingsFault(`${place}.type`, `must be one of ${Object.keys(SOURCE_SCHEMAS).join(', ')}`);
  const schema = SOURCE_SCHEMAS[type as SourceType];
  const filled: unknown = Value.Default(schema, Value.Clone(value));
  for (const { path, message, schema: broken } of Value.Errors(schema, filled))
    throw new SettingsFault(place + path.replaceAll('/', '.'), choicesOf(broken) ?? lower(message));
  const settings = filled as SourceSettings;
  if (settings.type !== 'embedded') checkFields(settings.kinds as FactKind[], settings.fields, place);
  if (settings.type === 'http') checkHosts(settings, place);
  return settings;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function choicesOf(schema: TSchema): string | null {
  const choices = (schema['anyOf'] as { const?: unknown }[] | undefined)?.map((choice) => choice.const);
  return choices === undefined ? null : `must be one of ${choices.join(', ')}`;
}

function checkFields(kinds: readonly FactKind[], fields: FactFields, place: string): void {
  for (const kind of kinds) {
    if (fields[kind] === undefined)
      throw new SettingsFault(`${place}.fields.${kind}`, `is missing, though "kinds" names ${kind}`);
  }
  checkCurrency(fields.price, `${place}.fields.price`);
  checkCurrency(fields.order?.total, `${place}.fields.order.total`);
}

function checkCurrency(amount: AmountFields | undefined, place: string): void {
  if (amount === undefined || amount.currency_field !== undefined) return;
  if (amount.currency === undefined)
    throw new SettingsFault(`${place}.currency`, 'is missing; give it, or currency_field');
  if (!isCurrency(amount.currency))
    throw new SettingsFault(`${place}.currency`, `is not an ISO 4217 currency: ${amount.currency}`);
}

function checkHosts({ url, allowed_hosts: hosts }: HttpSourceSettings, place: string): void {
  const reason = whyBadTemplate(url);
  if (reason !== null) throw new SettingsFault(`${place}.url`, reason);
  const { host } = new URL(url);
  if (hosts !== undefined && !hosts.includes(host))
    throw new SettingsFault(`${place}.allowed_hosts`, `does not name ${host}, the host of "url"`);
}
