import type { KnowledgeSource } from '../api/knowledge-types.ts';

/** What a form says of a source, as its fields hold it; '' for nothing. */
export interface SourceDraft {
  depth: string;
  pages: string;
  /** A pattern a line. */
  include: string;
  exclude: string;
  every_hours: string;
  audience: string;
  category: string;
  language: string;
  owner: string;
  valid_from: string;
  valid_until: string;
}

export const NEW_SOURCE: SourceDraft = {
  depth: '8',
  pages: '200',
  include: '',
  exclude: '',
  every_hours: '',
  audience: '',
  category: '',
  language: '',
  owner: '',
  valid_from: '',
  valid_until: '',
};
const SAID = ['audience', 'category', 'language', 'owner', 'valid_from', 'valid_until'] as const;

export function draftOf(source: KnowledgeSource): SourceDraft {
  const said = Object.fromEntries(SAID.map((name) => [name, source[name] ?? '']));
  return {
    ...NEW_SOURCE,
    ...said,
    depth: String(source.depth),
    pages: String(source.pages),
    include: source.include.join('\n'),
    exclude: source.exclude.join('\n'),
    every_hours: source.every_hours === null ? '' : String(source.every_hours),
  };
}

/** What is said of documents, as a form's fields; without those that are empty. */
export function saidOf(draft: SourceDraft): Record<string, string> {
  const fields = SAID.map((name) => [name, draft[name].trim()] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== ''));
}

/** Fields that differ, as the API takes them; an emptied one takes back what was said. */
export function changesOf(before: SourceDraft, now: SourceDraft): Record<string, unknown> {
  const changed = (Object.keys(now) as (keyof SourceDraft)[]).filter(
    (name) => now[name].trim() !== before[name].trim(),
  );
  return Object.fromEntries(changed.map((name) => [name, valueOf(name, now[name].trim())]));
}

function valueOf(name: keyof SourceDraft, text: string): unknown {
  if (name === 'include' || name === 'exclude')
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (text === '') return null;
  return name === 'depth' || name === 'pages' || name === 'every_hours' ? Number(text) : text;
}
