/** Languages that the product's own texts are written in; every other one gets English. */
export const LOCALES = ['en', 'zh', 'de', 'fr', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

/** What Intl is asked with: days before months, hours up to 24. */
export const INTL_TAGS: Readonly<Record<Locale, string>> = {
  en: 'en-GB',
  zh: 'zh-CN',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
};

/** @param language a BCP 47 tag or ISO 639-1 code: "de-AT" is German; unknown ones and 'und' are English */
export function localeOf(language: string): Locale {
  const primary = language.toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale === primary) ?? 'en';
}
