import { normalizeCode } from '../text/normalize-code.ts';
import type { FactFields } from './fact-fields.ts';
import { mapAmount, present, type Lookup } from './map-amount.ts';
import { mapOrder } from './map-order.ts';
import type { FactRequest, FactResult, LiveFact } from './source-contracts.ts';
import { SourceFault } from './source-fault.ts';

export interface Reading {
  source: string;
  /** ISO 8601, UTC. */
  readAt: string;
}

/**
 * Makes a fact of a reply. A field that is there and null means that the source has none.
 * @throws SourceFault when a field is missing or holds something else, or the reply is about another key
 */
export function mapFact(
  request: FactRequest,
  fields: FactFields,
  lookup: Lookup,
  reading: Reading,
): FactResult {
  const base = { key: request.key, ...reading };
  const found = (fact: LiveFact): FactResult => ({ outcome: 'found', fact });
  const missing: FactResult = { outcome: 'unknown' };
  switch (request.kind) {
    case 'price': {
      const price = mapAmount(ownFields(fields.price, request, lookup), lookup);
      return price === null ? missing : found({ ...base, kind: 'price', price });
    }
    case 'stock': {
      const stock = mapCount(ownFields(fields.stock, request, lookup).pieces, lookup);
      // Some systems count what is promised beyond the stock as negative pieces.
      return stock === null ? missing : found({ ...base, kind: 'stock', stock: Math.max(0, stock) });
    }
    case 'delivery': {
      const days = mapCount(ownFields(fields.delivery, request, lookup).days, lookup);
      if (days === null) return missing;
      if (days < 0) throw new SourceFault('its delivery days are negative');
      return found({ ...base, kind: 'delivery', days });
    }
    case 'order': {
      if (fields.order === undefined) throw noFields(request);
      const order = mapOrder(fields.order, lookup);
      if (normalizeCode(order.number) !== normalizeCode(request.key)) throw otherKey();
      return found({ ...base, kind: 'order', order });
    }
  }
}

const noFields = ({ kind }: FactRequest): SourceFault => new SourceFault(`it has no fields for ${kind}`);
const otherKey = (): SourceFault => new SourceFault('it answered about something else than was asked');

function ownFields<Fields extends { key_field?: string }>(
  fields: Fields | undefined,
  request: FactRequest,
  lookup: Lookup,
): Fields {
  if (fields === undefined) throw noFields(request);
  if (fields.key_field === undefined) return fields;
  const key = lookup(fields.key_field);
  const same = typeof key === 'string' || typeof key === 'number' ? normalizeCode(String(key)) : null;
  if (same !== normalizeCode(request.key)) throw otherKey();
  return fields;
}

function mapCount(field: string, lookup: Lookup): number | null {
  const value = present(field, lookup);
  if (value === null) return null;
  const count = typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isSafeInteger(count))
    throw new SourceFault(`its field ${field} is not a whole number`);
  return count;
}
