import { AnswerboxError, reasonOf } from '../errors.ts';
import type { DeskStore } from '../stores/desk-contracts.ts';
import type { DeliveryRecord, NewDelivery, OutboxStore, WebhookRecord } from '../stores/outbox-contracts.ts';
import type { DeskEvent } from '../stores/thread-contracts.ts';
import { sendWebhook } from './send-webhook.ts';
import { resolveTarget } from './webhook-target.ts';

const OUTBOX = {
  /** Seconds until the next try after each failure; after the last one the delivery is dead. */
  retrySeconds: [10, 60, 300, 1_800, 7_200, 21_600],
  /** Events that are looked at in one go. */
  eventsPerRead: 200,
  /** Deliveries at the same time. */
  atOnce: 8,
} as const;

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface OutboxTools {
  store: Pick<DeskStore, 'listAllEvents' | 'lastPosition'>;
  outbox: OutboxStore;
  /** Mails that an event asks for; none when no mail is configured. */
  mailsOf: (event: DeskEvent) => Promise<Mail[]>;
  sendMail: ((mail: Mail, signal: AbortSignal) => Promise<void>) | null;
  /** Hosts of a private network that may be called. */
  allowedHosts: ReadonlySet<string>;
  now: () => Date;
  log: (level: 'info' | 'warn', message: string) => void;
}

/**
 * Deliveries for all events since the last time. The event log is the queue: its place and the deliveries are
 * written together, so a stop at any moment loses none and makes none twice. Ids follow from event and target.
 */
export async function fillOutbox(tools: OutboxTools): Promise<void> {
  const { store, outbox, mailsOf } = tools;
  let place = await outbox.filledUpTo();
  // The first time: what happened before anybody wanted to know is not told.
  if (place === null) return outbox.fill(await store.lastPosition(), []);
  for (;;) {
    const events = await store.listAllEvents({ after: place, limit: OUTBOX.eventsPerRead });
    if (events.length === 0) return;
    const webhooks = (await outbox.listWebhooks()).filter(({ disabled }) => !disabled);
    const deliveries: NewDelivery[] = [];
    for (const event of events) {
      deliveries.push(...webhookDeliveries(event, webhooks));
      for (const [index, mail] of (await mailsOf(event)).entries())
        deliveries.push({
          id: `${event.id}.mail.${index}`,
          kind: 'mail',
          target: mail.to,
          type: event.type,
          payload: JSON.stringify(mail),
        });
    }
    place = events.at(-1)!.position;
    await outbox.fill(place, deliveries);
  }
}

function webhookDeliveries(event: DeskEvent, webhooks: readonly WebhookRecord[]): NewDelivery[] {
  return webhooks
    .filter(({ events }) => events.includes(event.type))
    .map(({ id }) => ({
      id: `${event.id}.${id}`,
      kind: 'webhook',
      target: id,
      type: event.type,
      payload: webhookBody(event),
    }));
}

/** What a webhook is told: never the customer's key to the conversation. */
export function webhookBody({ id, type, at, threadId, ticket, actor, data, message }: DeskEvent): string {
  const text = message && { id: message.id, role: message.role, author: message.author, text: message.text };
  return JSON.stringify({
    id,
    type,
    at,
    thread_id: threadId,
    ticket,
    data: { ...data, actor, ...(text && { message: text }) },
  });
}

/** Sends what is due by now. @returns how many were tried */
export async function sendDue(tools: OutboxTools, signal: AbortSignal): Promise<number> {
  const due = await tools.outbox.nextDue(tools.now().toISOString(), OUTBOX.atOnce);
  await Promise.all(due.map((delivery) => deliver(delivery, tools, signal)));
  return due.length;
}

async function deliver(delivery: DeliveryRecord, tools: OutboxTools, signal: AbortSignal): Promise<void> {
  const { outbox, now, log } = tools;
  try {
    await (delivery.kind === 'mail' ? mail(delivery, tools, signal) : call(delivery, tools, signal));
    await outbox.finish(delivery.id, { state: 'done', nextAt: delivery.nextAt, error: null });
  } catch (error) {
    // Stopped by us: it is tried again at the next start, and this try does not count.
    if (signal.aborted) return;
    const wait = OUTBOX.retrySeconds[delivery.attempts];
    const refused =
      error instanceof AnswerboxError && (error.code === 'webhook_refused' || error.code === 'offline');
    const state = wait === undefined || refused ? 'dead' : 'pending';
    const nextAt = new Date(now().getTime() + (wait ?? 0) * 1000).toISOString();
    await outbox.finish(delivery.id, { state, nextAt, error: reasonOf(error).slice(0, 500) });
    log(state === 'dead' ? 'warn' : 'info', `${delivery.kind} ${delivery.id}: ${codesOf(error)}`);
  }
}

/** The other server's words quote whom and what it was sent: they stand with the delivery, not in the log. */
function codesOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const status = error instanceof AnswerboxError ? error.details.status : responseCode;
  return [code ?? 'failed', status]
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .join(' ');
}

async function mail(
  { payload }: DeliveryRecord,
  { sendMail }: OutboxTools,
  signal: AbortSignal,
): Promise<void> {
  if (!sendMail) throw new Error('no mail server is configured any more');
  await sendMail(JSON.parse(payload) as Mail, signal);
}

async function call(
  { id, target, payload }: DeliveryRecord,
  { outbox, allowedHosts }: OutboxTools,
  signal: AbortSignal,
): Promise<void> {
  const webhook = await outbox.getWebhook(target);
  if (!webhook || webhook.disabled)
    throw new AnswerboxError('webhook_refused', { url: '', reason: 'it was removed' });
  const resolved = await resolveTarget(webhook.url, allowedHosts);
  await sendWebhook(resolved, { body: payload, secret: webhook.secret, id, signal });
}
