import type { GivenScope } from '../ingest-types.ts';

const FRONT_MATTER = /^---[ \t]*\n((?:[ \t]*\n)*[\w-]+[ \t]*:[\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/** Fields that are read, by the names that people give them. */
const SCOPE_FIELDS: Readonly<Record<string, keyof GivenScope>> = {
  category: 'category',
  language: 'language',
  lang: 'language',
  audience: 'audience',
  valid_from: 'valid_from',
  valid_until: 'valid_until',
  expires: 'valid_until',
  owner: 'owner',
};

interface FrontMatter {
  title: string | null;
  scope: GivenScope;
  /** The text behind it. */
  body: string;
}

/** Title and scope from the YAML block at a document's head: one value a line, other YAML is passed over. */
export function readFrontMatter(text: string): FrontMatter {
  const found = FRONT_MATTER.exec(text);
  if (!found) return { title: null, scope: {}, body: text };
  const scope: GivenScope = {};
  let title: string | null = null;
  for (const line of (found[1] ?? '').split('\n')) {
    const [, name = '', rest = ''] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    const value = plainValue(rest);
    if (value === null) continue;
    const field = name.toLowerCase().replaceAll('-', '_');
    if (field === 'title') title ??= value;
    else if (Object.hasOwn(SCOPE_FIELDS, field)) scope[SCOPE_FIELDS[field]!] ??= value;
  }
  return { title, scope, body: text.slice(found[0].length) };
}

/** A value in one line, quoted or plain; null for none and for YAML of several lines. */
function plainValue(rest: string): string | null {
  const value = rest.trim();
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(value);
  const plain = quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '');
  return plain === '' || /^[|>][-+]?$/.test(plain) ? null : plain;
}
