import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type English from '../../data/messages/en.json';
import { INTL_TAGS, LOCALES, localeOf, type Locale } from './locales.ts';

export type MessageKey = keyof typeof English;
type Message = string | Readonly<Record<string, string>>;
export type MessageValues = Readonly<Record<string, string | number>>;

/** One language: its texts, and how it writes days, amounts and lists. */
export interface Say {
  readonly locale: Locale;
  /** Tag for Intl. */
  readonly tag: string;
  /** The text with its places filled; of a plural the form that `values.count` takes. */
  (key: MessageKey, values?: MessageValues): string;
}

/** data/ lies beside src/ and, built, beside dist/. */
const FOLDER = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../data/messages' : '../../../data/messages',
    import.meta.url,
  ),
);

const SPEAKERS = new Map<Locale, Say>(LOCALES.map((locale) => [locale, createSay(locale)]));

/** @param language a BCP 47 tag or ISO 639-1 code */
export function sayIn(language: string): Say {
  return SPEAKERS.get(localeOf(language))!;
}

/** The file of one language as it is. */
export function messagesOf(locale: Locale): Readonly<Record<string, Message>> {
  return JSON.parse(readFileSync(join(FOLDER, `${locale}.json`), 'utf8')) as Record<string, Message>;
}

function createSay(locale: Locale): Say {
  const messages = messagesOf(locale);
  const plurals = new Intl.PluralRules(INTL_TAGS[locale]);
  const say = (key: MessageKey, values: MessageValues = {}): string => {
    const message = messages[key] ?? key;
    const text =
      typeof message === 'string'
        ? message
        : (message[plurals.select(Number(values['count'] ?? 0))] ?? message['other'] ?? key);
    return text.replace(/\{(\w+)\}/g, (place, name: string) =>
      name in values ? String(values[name]) : place,
    );
  };
  return Object.assign(say, { locale, tag: INTL_TAGS[locale] });
}
