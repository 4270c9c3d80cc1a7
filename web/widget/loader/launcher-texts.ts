import * as de from '../../messages/de.json';
import * as en from '../../messages/en.json';
import * as es from '../../messages/es.json';
import * as fr from '../../messages/fr.json';
import * as zh from '../../messages/zh.json';
import { chooseLocale, localeWishes } from '../choose-locale.ts';
import type { WidgetSettings } from '../widget-contracts.ts';

export interface LauncherTexts {
  lang: string;
  dir: string;
  launcher_open: string;
  launcher_close: string;
  launcher_unread: string;
  launcher_failed: string;
}

/** Named imports, so that the loader carries these few texts of each locale and no others. */
const TEXTS: Record<ReturnType<typeof chooseLocale>, LauncherTexts> = {
  en: pick(en.lang, en.dir, en.launcher_open, en.launcher_close, en.launcher_unread, en.launcher_failed),
  de: pick(de.lang, de.dir, de.launcher_open, de.launcher_close, de.launcher_unread, de.launcher_failed),
  fr: pick(fr.lang, fr.dir, fr.launcher_open, fr.launcher_close, fr.launcher_unread, fr.launcher_failed),
  es: pick(es.lang, es.dir, es.launcher_open, es.launcher_close, es.launcher_unread, es.launcher_failed),
  zh: pick(zh.lang, zh.dir, zh.launcher_open, zh.launcher_close, zh.launcher_unread, zh.launcher_failed),
};

function pick(
  lang: string,
  dir: string,
  open: string,
  close: string,
  unread: string,
  failed: string,
): LauncherTexts {
  return {
    lang,
    dir,
    launcher_open: open,
    launcher_close: close,
    launcher_unread: unread,
    launcher_failed: failed,
  };
}

/** Languages of owners' own words that are written from the right. */
const FROM_THE_RIGHT = /^(ar|fa|he|ur)\b/;

export function launcherTexts({ locale, messages, dir }: WidgetSettings): LauncherTexts {
  const texts = { ...TEXTS[chooseLocale(localeWishes(locale))], ...(messages as Partial<LauncherTexts>) };
  const own = messages?.dir ?? (FROM_THE_RIGHT.test(texts.lang) ? 'rtl' : texts.dir);
  return { ...texts, dir: dir ?? own };
}
