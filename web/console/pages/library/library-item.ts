import type { MacroAction } from '../../api/desk-api.ts';

export type LibraryKind = 'macros' | 'saved-replies' | 'teams' | 'tags' | 'categories';

/** What an entry holds besides id and name; which of it, its kind says. */
export interface LibraryData {
  text?: string;
  tags?: string[];
  reply?: string;
  note?: string;
  actions?: MacroAction[];
  members?: string[];
  colour?: string;
  description?: string;
}

export interface LibraryItem extends LibraryData {
  id: string;
  name: string;
}

export interface FieldsProps {
  data: LibraryData;
  onChange: (data: LibraryData) => void;
}

/** What is sent of an entry: empty texts are left out, as the server takes none. */
export function toBody(name: string, data: LibraryData): Record<string, unknown> {
  const filled = Object.entries(data).filter(([, value]) => value !== '' && value !== undefined);
  return { name: name.trim(), ...Object.fromEntries(filled) };
}

/** The part of an entry that is edited: what the server adds of its own is not sent back. */
export function toData({
  text,
  tags,
  reply,
  note,
  actions,
  members,
  colour,
  description,
}: LibraryItem): LibraryData {
  const known = { text, tags, reply, note, actions, members, colour, description };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
