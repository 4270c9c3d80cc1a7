import type { ProofResult } from '../../sources/order-gate.ts';
import { findEntities } from '../../understand/find-entities.ts';
import { asksHowTo } from './asks-how-to.ts';
import type { Asker, LiveReply, LiveTools } from './live-types.ts';
import type { Route } from './routes.ts';
import { answerOrder, sayOrder } from './say-order.ts';
import { safeOrder } from './safe-facts.ts';
import type { Say } from '../../messages/say.ts';
import { sayMoment } from '../../messages/say-values.ts';

/** "My parcel arrived damaged, what should I do?": the documents say that, and no look at the order does. */
const CAME_WRONG =
  /\b(?:damaged|broken|smashed|crushed|torn|ripped|in (?:bits|pieces)|leaking|faulty|defective|wrong (?:item|size|colou?r|product|thing|one))\b/i;
/** "Where is my parcel?", "my order has not arrived": about one order, not about how ordering works. */
const OWN_ORDER = /\b(?:my|our|mine)\b.{0,40}\b(?:orders?|parcels?|packages?|shipments?|deliver(?:y|ies))\b/i;
/** In a conversation about an order: "and when will it arrive?", "has the parcel left?". */
const THAT_ORDER = /\b(?:it|they|them|(?:the|this|that) (?:order|parcel|package|shipment))\b/i;

/**
 * The reply to a question about one order, or null when it is about something else. Nothing of an order is
 * told before the gate has seen the proof.
 * @throws cancelled, storage_*
 */
export async function findOrder(
  question: string,
  route: Route,
  asker: Asker,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const prefix = await tools.orderPrefix();
  if (prefix === null) return null;
  const isProduct = await productCodes([question, ...asker.before], tools, signal);
  const read = (text: string): Named => readNamed(text, prefix, isProduct);
  const now = read(question);
  const before = asker.before.map(read);
  const number = now.number ?? before.find((one) => one.number !== null)?.number ?? asker.provenOrder;
  const email = now.email ?? before.find((one) => one.email !== null)?.email ?? null;
  const may = route.order && !asksHowTo(question) && !CAME_WRONG.test(question);
  const about =
    now.number !== null ||
    (now.email !== null && number !== null) ||
    (may && (OWN_ORDER.test(question) || (number !== null && THAT_ORDER.test(question))));
  if (!about) return null;
  const { say } = asker;
  if (number === null) return reply('clarify', say('order.ask'), say);
  const result = await proveOrder({ number, email }, asker, tools, signal);
  if (result.outcome !== 'proven') return sayUnproven(result, number, say, tools);
  const safe = { ...result, order: safeOrder(result.order, tools.guard) };
  return {
    ...reply(
      'answered',
      sayOrder(safe, question, { now: tools.now(), timeZone: tools.timeZone(), say }),
      say,
    ),
    order: answerOrder(safe),
    quickReplies: [],
    // Not by a token: who signs out of the shop must not leave the order behind in the conversation.
    ...(email === null ? {} : { session: { provenOrder: result.order.number } }),
  };
}

/** Asks the gate with all that is known of the asker. @throws cancelled, storage_* */
export async function proveOrder(
  { number, email }: { number: string; email: string | null },
  asker: Asker,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<ProofResult> {
  const claim = {
    number,
    ...(email === null ? {} : { email }),
    ...(asker.identity === null ? {} : { identity: asker.identity }),
    ...(asker.provenOrder === null ? {} : { proven: asker.provenOrder }),
  };
  return tools.orders.prove(claim, asker, { signal });
}

/** Why an order is not shown. */
export function sayUnproven(
  result: Exclude<ProofResult, { outcome: 'proven' }>,
  number: string,
  say: Say,
  tools: LiveTools,
): LiveReply {
  switch (result.outcome) {
    case 'incomplete':
      return reply('clarify', say('order.askEmail', { number }), say);
    case 'refused':
      return { ...reply('declined', say('order.refused'), say), reason: 'policy_restriction' };
    case 'paused':
      return {
        ...reply(
          'declined',
          say('order.paused', { until: sayMoment(result.until, tools.now(), tools.timeZone(), say) }),
          say,
        ),
        reason: 'usage_limit',
      };
    case 'unchecked':
      return { ...reply('declined', say('order.unchecked'), say), reason: 'tool_failure' };
  }
}

interface Named {
  number: string | null;
  email: string | null;
}

/** Digits beside an e-mail address, or after the letters that all order numbers share, are an order number too. */
function readNamed(text: string, prefix: string, isProduct: (code: string) => boolean): Named {
  const entities = findEntities(text);
  const email = entities.find(({ kind }) => kind === 'email')?.value ?? null;
  const plain = entities.find(({ kind, value }) => kind === 'order-number' && !isProduct(value))?.value;
  const spaced =
    prefix === '' ? undefined : new RegExp(`\\b${prefix}[\\s-]?(\\d{4,12})\\b`, 'i').exec(text)?.[1];
  const digits = spaced ?? (email === null ? undefined : /(?<![\w.-])\d{4,12}(?![\w.-]*@)\b/.exec(text)?.[0]);
  const number = plain ?? digits ?? null;
  return { email, number: number !== null && /^\d+$/.test(number) ? prefix + number : number };
}

/** Tells the product codes among what looks like an order number in these texts. */
async function productCodes(
  texts: readonly string[],
  tools: LiveTools,
  signal: AbortSignal,
): Promise<(code: string) => boolean> {
  const found = new Set<string>();
  for (const { kind, value } of texts.flatMap((text) => findEntities(text)))
    if (kind === 'order-number' && (await tools.products.hasCode(value, signal))) found.add(value);
  return (code) => found.has(code);
}

function reply(outcome: LiveReply['outcome'], text: string, say: Say): LiveReply {
  return { outcome, text, products: [], order: null, quickReplies: [say('talkToPerson')] };
}
