import { findEntities } from '../../understand/find-entities.ts';
import { LIVE_TEXTS } from './live-texts.ts';
import type { Asker, LiveReply, LiveTools } from './live-types.ts';
import type { Route } from './routes.ts';
import { answerOrder, sayOrder } from './say-order.ts';
import { sayReadAt } from './say-time.ts';

/** "Where is my parcel?", "my order has not arrived": about one order, not about how ordering works. */
const OWN_ORDER = /\b(?:my|our|mine)\b.{0,40}\b(?:orders?|parcels?|packages?|shipments?|deliver(?:y|ies))\b/i;
const HOW_TO = /^\W*(?:how (?:do|can|could|should|would|to)|can|could|may|what (?:if|happens)|do you|is it possible)\b/i;

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
  const claim = claimOf(question, asker.before);
  const about = claim.named || (claim.email !== null && claim.number !== null && claim.proofNow);
  const own = route.order && OWN_ORDER.test(question) && !HOW_TO.test(question);
  if (!about && !(route.order && claim.number !== null && !HOW_TO.test(question)) && !own) return null;
  if (!(await tools.hasOrders())) return null;
  if (claim.number === null) return reply('clarify', LIVE_TEXTS.askOrder);

  const result = await tools.orders.prove(
    {
      number: claim.number,
      ...(claim.email === null ? {} : { email: claim.email }),
      ...(asker.identity === null ? {} : { identity: asker.identity }),
    },
    asker,
    { signal },
  );
  switch (result.outcome) {
    case 'proven':
      return {
        ...reply('answered', sayOrder(result, tools.now(), tools.timeZone())),
        order: answerOrder(result),
        quickReplies: [],
      };
    case 'incomplete':
      return reply('clarify', LIVE_TEXTS.askEmail(claim.number));
    case 'refused':
      return reply('declined', LIVE_TEXTS.orderRefused);
    case 'paused':
      return reply('declined', LIVE_TEXTS.orderPaused(sayReadAt(result.until, tools.now(), tools.timeZone())));
    case 'unchecked':
      return reply('declined', LIVE_TEXTS.orderUnchecked);
  }
}

interface Claim {
  number: string | null;
  email: string | null;
  /** The number stands in this very message. */
  named: boolean;
  /** The e-mail address stands in this very message. */
  proofNow: boolean;
}

/** What this message holds counts before what earlier ones held. */
function claimOf(question: string, before: readonly string[]): Claim {
  const texts = [question, ...before];
  const find = (kind: 'order-number' | 'email', text: string): string | null =>
    findEntities(text).find((entity) => entity.kind === kind)?.value ?? null;
  const first = (kind: 'order-number' | 'email'): string | null =>
    texts.reduce<string | null>((found, text) => found ?? find(kind, text), null);
  return {
    number: first('order-number'),
    email: first('email'),
    named: find('order-number', question) !== null,
    proofNow: find('email', question) !== null,
  };
}

function reply(outcome: LiveReply['outcome'], text: string): LiveReply {
  return { outcome, text, products: [], order: null, quickReplies: [LIVE_TEXTS.talkToPerson] };
}
