import { AnswerboxError } from '../errors.ts';

/** Whether pages of this origin may use the chat. */
export type OriginCheck = (origin: string) => boolean;

/**
 * The owner's sites, from the setting: origins as a browser writes them, separated by commas, or `*` for any.
 * @throws config_bad_value
 */
export function allowedOrigins(setting: string): OriginCheck {
  const entries = setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const origins = new Set(entries.map((entry) => (entry === '*' ? entry : readOrigin(entry))));
  return (origin) => origins.has('*') || origins.has(origin);
}

function readOrigin(entry: string): string {
  const url = URL.canParse(entry) ? new URL(entry) : null;
  const bare = url !== null && /^https?:\/\/[^/?#@]+\/?$/i.test(entry);
  if (bare) return url.origin;
  throw new AnswerboxError('config_bad_value', {
    key: 'allowed_origins',
    found: JSON.stringify(entry),
    needed: 'origins such as https://www.example.com, separated by commas, or *',
  });
}
