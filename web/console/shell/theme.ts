import { effect, signal } from '@preact/signals';
import { preference, setPreference } from '../session/session.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Kept in the browser too: the sign-in page knows no profile yet. */
const STORED = 'answerbox.console.theme';
const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);

const stored = localStorage.getItem(STORED);
export const theme = signal<Theme>(isTheme(stored) ? stored : 'system');
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = signal(systemDark.matches);

/** Keeps the page in the chosen theme; the profile's choice wins over the browser's. */
export function followTheme(): void {
  systemDark.addEventListener('change', ({ matches }) => (isSystemDark.value = matches));
  effect(() => {
    const kept = preference('theme');
    if (isTheme(kept)) theme.value = kept;
  });
  effect(() => {
    const dark = theme.value === 'dark' || (theme.value === 'system' && isSystemDark.value);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  });
}

export async function chooseTheme(chosen: Theme): Promise<void> {
  theme.value = chosen;
  localStorage.setItem(STORED, chosen);
  await setPreference('theme', chosen);
}
