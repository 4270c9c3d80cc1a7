import { defaultTreeAdapter, parseFragment } from 'parse5';

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
const known = new Map<string, string>();

/** '&amp;' → '&' and so on, by the HTML parser's own table; an unknown name stays as it is. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, decodeOne) : text;
}

function decodeOne(entity: string): string {
  const before = known.get(entity);
  if (before !== undefined) return before;
  const node = parseFragment(entity).childNodes[0];
  const decoded = node && defaultTreeAdapter.isTextNode(node) ? node.value : entity;
  if (known.size < 4096) known.set(entity, decoded);
  return decoded;
}
