import type { OrderFact } from '../../sources/source-contracts.ts';
import type { AnswerOrder } from '../answer-types.ts';
import { sayMoney } from './say-money.ts';
import { sayDay, sayReadAt } from './say-time.ts';

export interface OrderReading {
  order: OrderFact;
  source: string;
  readAt: string;
}

/** What a customer hears of an order that was proven theirs. */
export function sayOrder({ order, readAt }: OrderReading, now: Date, timeZone: string): string {
  const items = order.items
    .map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
    .join(', ');
  const parts = [
    sayState(order, timeZone),
    order.state === 'shipped' && order.tracking ? `The tracking number is ${order.tracking}.` : '',
    items === '' ? '' : `It holds: ${items}.`,
    `(Read at ${sayReadAt(readAt, now, timeZone)}.)`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function sayState(order: OrderFact, timeZone: string): string {
  const day = (iso: string): string => sayDay(iso, timeZone);
  const name = `Order ${order.number}`;
  const expected = order.expectedAt ? ` It should arrive by ${day(order.expectedAt)}.` : '';
  const placed = `placed on ${day(order.placedAt)}`;
  switch (order.state) {
    case 'received':
      return `${name}, ${placed}, has been received and is waiting for payment or packing.${expected}`;
    case 'paid':
      return `${name}, ${placed}, has been paid and will be packed next.${expected}`;
    case 'packed':
      return `${name}, ${placed}, has been packed and is waiting for the carrier.${expected}`;
    case 'shipped':
      return `${name} was shipped${order.shippedAt ? ` on ${day(order.shippedAt)}` : ''}${order.carrier ? ` with ${order.carrier}` : ''}.${expected}`;
    case 'delivered':
      return `${name}, ${placed}, has been delivered.`;
    case 'cancelled':
      return `${name}, ${placed}, was cancelled.`;
    case 'returned':
      return `${name}, ${placed}, was returned to us.`;
    case 'refunded':
      return `${name}, ${placed}, was refunded${order.total ? ` (${sayMoney(order.total)})` : ''}.`;
  }
}

/** The order as the answer object carries it; the e-mail address is left out. */
export function answerOrder({ order, source, readAt }: OrderReading): AnswerOrder {
  return {
    number: order.number,
    state: order.state,
    items: order.items.map(({ code, name, quantity }) => ({ code, name, quantity })),
    total: order.total && sayMoney(order.total),
    placed_at: order.placedAt,
    shipped_at: order.shippedAt,
    expected_at: order.expectedAt,
    carrier: order.carrier,
    tracking: order.tracking,
    source,
    read_at: readAt,
  };
}
