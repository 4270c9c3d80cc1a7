export const LOCALES = ['en', 'de', 'fr', 'es', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

/** The first wish that can be met, by its language alone (`de-AT` is met by `de`); else English. */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.trim().toLowerCase().split(/[-_]/)[0];
    const found = LOCALES.find((locale) => locale === language);
    if (found) return found;
  }
  return 'en';
}

/** What the settings, the page and the visitor ask for, in this order. */
export function localeWishes(setting: string | undefined): (string | undefined)[] {
  return [setting, document.documentElement.lang, ...navigator.languages];
}
