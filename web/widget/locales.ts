import de from '../messages/de.json';
import en from '../messages/en.json';
import es from '../messages/es.json';
import fr from '../messages/fr.json';
import zh from '../messages/zh.json';
import type { Messages } from '../src/translate.ts';
import type { Locale } from './choose-locale.ts';

export const MESSAGES: Readonly<Record<Locale, Messages>> = { en, de, fr, es, zh };
