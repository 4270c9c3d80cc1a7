export const SCOPE_FIELDS = [
  'audience',
  'category',
  'language',
  'owner',
  'valid_from',
  'valid_until',
] as const;
export type ScopeField = (typeof SCOPE_FIELDS)[number];
export type Scope = Readonly<Record<ScopeField, string>>;

/** What the server is told: fields that differ; an emptied one takes back what was given. */
export function changedScope(before: Scope, now: Scope): Partial<Record<ScopeField, string | null>> {
  const changed = SCOPE_FIELDS.filter((field) => before[field].trim() !== now[field].trim());
  return Object.fromEntries(changed.map((field) => [field, now[field].trim() || null]));
}

/** A stored instant as a field for days and times shows it; '' for none. In the reader's zone. */
export function toLocalField(iso: string | null): string {
  if (iso === null) return '';
  const time = new Date(iso);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day}T${pad(time.getHours())}:${pad(time.getMinutes())}`;
}

/** And back: an instant that names its zone; '' stays ''. */
export function fromLocalField(value: string): string {
  return value === '' ? '' : new Date(value).toISOString();
}
