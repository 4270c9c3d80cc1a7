import type { OrderFact } from '../../sources/source-contracts.ts';
import type { AnswerOrder } from '../answer-types.ts';
import { askedFacts } from './asked-facts.ts';
import { type Say, sayIn } from '../../messages/say.ts';
import { sayAmount, sayDay, sayMoment } from '../../messages/say-values.ts';

export interface OrderReading {
  order: OrderFact;
  source: string;
  readAt: string;
}

/** Words that ask what an order came to, besides those that ask a price. */
const ASKS_TOTAL = /\b(?:total|sum|amount|pay|paid|charged|bill(?:ed)?|betrag|bezahlt|prix|payé|pagado)\b/i;

/** What a customer hears of an order that was proven theirs; its total where the question is about money. */
export function sayOrder(
  { order, readAt }: OrderReading,
  question: string,
  { now, timeZone, say }: { now: Date; timeZone: string; say: Say },
): string {
  const items = order.items
    .map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
    .join(', ');
  const parts = [
    sayState(order, timeZone, say),
    order.state === 'shipped' && order.tracking ? say('order.tracking', { tracking: order.tracking }) : '',
    items === '' ? '' : say('order.holds', { items }),
    order.total && asksTotal(question) ? say('order.total', { total: sayAmount(order.total, say) }) : '',
    say('readAt', { time: sayMoment(readAt, now, timeZone, say) }),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function asksTotal(question: string): boolean {
  return ASKS_TOTAL.test(question) || askedFacts(question).includes('price');
}

const OPEN_STATES: readonly OrderFact['state'][] = ['received', 'paid', 'packed', 'shipped'];

function sayState(order: OrderFact, timeZone: string, say: Say): string {
  const state =
    order.state === 'shipped'
      ? sayShipped(order, timeZone, say)
      : sayOther(order, order.state, timeZone, say);
  if (!order.expectedAt || !OPEN_STATES.includes(order.state)) return state;
  return `${state} ${say('order.expected', { day: sayDay(order.expectedAt, timeZone, say) })}`;
}

function sayShipped({ number, shippedAt, carrier }: OrderFact, timeZone: string, say: Say): string {
  const values = {
    number,
    ...(shippedAt && { day: sayDay(shippedAt, timeZone, say) }),
    ...(carrier && { carrier }),
  };
  if (shippedAt && carrier) return say('order.shippedOnWith', values);
  if (shippedAt) return say('order.shippedOn', values);
  return say(carrier ? 'order.shippedWith' : 'order.shipped', values);
}

function sayOther(
  { number, placedAt, total }: OrderFact,
  state: Exclude<OrderFact['state'], 'shipped'>,
  timeZone: string,
  say: Say,
): string {
  const values = { number, day: sayDay(placedAt, timeZone, say) };
  return state === 'refunded' && total
    ? say('order.refundedAmount', { ...values, total: sayAmount(total, say) })
    : say(`order.${state}`, values);
}

/** The order as the answer object carries it; the e-mail address is left out. */
export function answerOrder({ order, source, readAt }: OrderReading): AnswerOrder {
  return {
    number: order.number,
    state: order.state,
    items: order.items.map(({ code, name, quantity }) => ({ code, name, quantity })),
    total: order.total && sayAmount(order.total, sayIn('en')),
    placed_at: order.placedAt,
    shipped_at: order.shippedAt,
    expected_at: order.expectedAt,
    carrier: order.carrier,
    tracking: order.tracking,
    source,
    read_at: readAt,
  };
}
