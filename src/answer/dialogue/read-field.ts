import type { ActionField } from '../../actions/action-contracts.ts';
import { findEntities } from '../../understand/find-entities.ts';
import { yesOrNo } from './yes-or-no.ts';

export type FieldValue = string | number | boolean;

/** Characters of a text that the customer writes for a field. */
const LONGEST_TEXT = 500;

/**
 * The value of a field in what the customer wrote, or null. A field with a pattern or a kind of entity is found
 * anywhere in a message; any other one only in the reply to being asked for it, or words would be taken for it.
 */
export function readField(field: ActionField, text: string, asked: boolean): FieldValue | null {
  const found = field.pattern?.exec(text)?.[0];
  if (found !== undefined) return typed(field, found);
  if (field.pattern !== null) return null;
  if (field.entity !== null) {
    const entity = findEntities(text).find(({ kind }) => kind === field.entity);
    if (entity) return typed(field, entity.value);
    // Bare digits are an order number only where one was asked for.
    const digits =
      asked && field.entity === 'order-number' ? /^\W*(\d{4,12})\W*$/.exec(text)?.[1] : undefined;
    return digits === undefined ? null : typed(field, digits);
  }
  return asked ? typed(field, text.trim()) : null;
}

function typed({ type }: ActionField, text: string): FieldValue | null {
  switch (type) {
    case 'string':
      return text === '' || text.length > LONGEST_TEXT ? null : text;
    case 'boolean': {
      const said = yesOrNo(text);
      return said === null ? null : said === 'yes';
    }
    case 'integer':
      return /^\W*[+-]?\d{1,12}\b\D*$/.test(text) ? Number(/[+-]?\d+/.exec(text)![0]) : null;
    case 'number': {
      const number = /^\D*?([+-]?\d{1,12}(?:[.,]\d{1,6})?)\D*$/.exec(text)?.[1];
      return number === undefined ? null : Number(number.replace(',', '.'));
    }
  }
}
