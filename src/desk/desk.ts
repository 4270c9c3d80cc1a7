import { AnswerboxError, reasonOf } from '../errors.ts';
import type { HoursProfile } from '../shop/hours-profile.ts';
import type { AttachmentStore } from '../stores/attachment-contracts.ts';
import type { CustomerStore } from '../stores/customer-contracts.ts';
import type { DeskStore } from '../stores/desk-contracts.ts';
import type { OutboxStore } from '../stores/outbox-contracts.ts';
import type { Actor } from '../stores/thread-contracts.ts';
import type { UserStore } from '../stores/staff-contracts.ts';
import { availabilityAt, type Availability } from './availability.ts';
import { afterAnswer, beforeAnswer, type DeskWord } from './before-answer.ts';
import { customerWrote } from './customer-wrote.ts';
import { deskTick } from './desk-clock.ts';
import { DESK } from './desk-settings.ts';
import { DESK_ACTOR, type DeskTools } from './desk-tools.ts';
import { findCustomer, NO_CONTACT } from './find-customer.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { handOver, type HandedOver, type HandOverRequest } from './hand-over.ts';
import type { HandoverRule } from './handover-rules.ts';
import { fillOutbox, sendDue, type OutboxTools } from './outbox.ts';
import { ASSISTANT, createPresence, type Presence } from './presence.ts';
import { publishingStore } from './publishing-store.ts';
import type { DeskFiles } from './read-desk-files.ts';
import { createMailSender } from './send-mail.ts';
import { staffLeft } from './staff-left.ts';
import { mailsOf } from './write-mails.ts';

/** The desk, as the routes and the answer path see it. */
export interface Desk {
  /** For the functions of this folder. */
  readonly tools: DeskTools;
  readonly outbox: OutboxStore;
  readonly attachments: AttachmentStore;
  readonly hub: EventHub;
  readonly presence: Presence;
  readonly files: DeskFiles;
  readonly allowedHosts: ReadonlySet<string>;
  /** @param language of its text; English when left out */
  availability(language?: string | null): Availability;
  before(question: { conversationId: string; text: string }): Promise<DeskWord>;
  after(answer: Parameters<typeof afterAnswer>[0]): Promise<HandoverRule | null>;
  handOver(request: Omit<HandOverRequest, 'actor'> & { actor?: Actor }): Promise<HandedOver>;
  /** After a message of customer or assistant is stored. */
  messageStored(conversationId: string, role: string): Promise<void>;
  /** The assistant begins to answer. @param identity as the shop vouches for it */
  turnStarted(
    conversationId: string,
    identity: { subject: string; email: string | null } | null,
  ): Promise<void>;
  /** @param left the asker went away before the answer was there: nobody waits for it. */
  turnEnded(conversationId: string, left: boolean): Promise<void>;
  staffLeft(userId: string): Promise<void>;
  /** Starts the clock and the outbox. */
  start(): void;
  /** One look of the clock, at once. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions {
  store: DeskStore;
  customers: CustomerStore;
  outbox: OutboxStore;
  attachments: AttachmentStore;
  users: UserStore;
  files: DeskFiles;
  profile: () => HoursProfile & { name: string };
  config: {
    public_url: string;
    webhook_hosts: string;
    smtp_url: string;
    mail_from: string;
    handover_rules: boolean;
  };
  languageOf: DeskTools['languageOf'];
  now?: () => Date;
  log?: (level: 'info' | 'warn', message: string) => void;
}

/** @throws config_bad_value when mail is to be sent from nobody */
export function createDesk(options: DeskOptions): Desk {
  const { customers, users, outbox, files, profile, config, languageOf } = options;
  const { now = () => new Date(), log = () => undefined } = options;
  const hub = createEventHub(options.store);
  const store = publishingStore(options.store, hub);
  const presence = createPresence(hub);
  const { policies } = files;
  const rules = config.handover_rules ? files.rules : [];
  const mail = config.smtp_url !== '';
  const tools: DeskTools = { store, customers, users, hub, rules, policies, profile, mail, languageOf, now };
  const allowedHosts = new Set(config.webhook_hosts.split(/[\s,]+/).filter(Boolean));
  if (mail && !config.mail_from.includes('@'))
    throw new AnswerboxError('config_bad_value', {
      key: 'mail_from',
      found: JSON.stringify(config.mail_from),
      needed: 'an e-mail address, as smtp_url is set',
    });
  const sender = mail ? createMailSender(config.smtp_url, config.mail_from) : null;
  const mailTools = {
    store,
    users,
    customers,
    customerPresent: (threadId: string) => hub.hasCustomer(threadId),
    shopName: () => profile().name,
    publicUrl: config.public_url,
  };
  const outboxTools: OutboxTools = {
    store,
    outbox,
    mailsOf: async (event) => (sender ? mailsOf(event, mailTools) : []),
    sendMail: sender && ((written, signal) => sender.send(written, signal)),
    allowedHosts,
    now,
    log,
  };
  const leaving = new AbortController();
  const background = createBackground(leaving.signal, log, [
    { name: 'clock', everyMs: DESK.tickSeconds * 1000, work: () => deskTick(tools) },
    { name: 'outbox', everyMs: 1_000, work: () => runOutbox(outboxTools, leaving.signal) },
  ]);
  return {
    tools,
    outbox,
    attachments: options.attachments,
    hub,
    presence,
    files,
    allowedHosts,
    availability: (language = null) => availabilityAt(profile(), now(), { language, mail }),
    before: (question) => beforeAnswer(question, tools),
    after: (answer) => afterAnswer(answer, tools),
    handOver: (request) => handOver({ actor: DESK_ACTOR, ...request }, tools),
    messageStored: async (conversationId, role) => {
      if (role === 'customer') return customerWrote(conversationId, tools);
      const thread = await store.threadOf(conversationId);
      if (thread) hub.changed(thread.id);
      if (thread?.ticket != null) await store.refreshSearch(thread.ticket);
    },
    turnStarted: async (conversationId, identity) => {
      const thread = await store.threadOf(conversationId);
      if (!thread) return;
      if (thread.state === 'assistant')
        presence.set(thread.id, ASSISTANT, { state: 'writing', kind: 'reply' });
      if (!identity || thread.customerId !== null) return;
      const contact = { ...NO_CONTACT, email: identity.email };
      const customer = await findCustomer(customers, contact, identity.subject);
      if (customer) await store.apply({ threads: [{ id: thread.id, set: { customerId: customer.id } }] });
    },
    turnEnded: async (conversationId, left) => {
      const thread = await store.threadOf(conversationId);
      if (!thread) return;
      presence.set(thread.id, ASSISTANT, null);
      if (left && thread.lastRole === 'customer')
        await store.apply({ threads: [{ id: thread.id, set: { lastRole: 'left' } }] });
    },
    staffLeft: (userId) => staffLeft(userId, tools),
    start: () => background.start(),
    tick: async () => {
      await deskTick(tools);
      await runOutbox(outboxTools, leaving.signal);
    },
    close: async () => {
      leaving.abort();
      await background.stopped();
      hub.close();
      presence.close();
      sender?.close();
    },
  };
}

async function runOutbox(tools: OutboxTools, signal: AbortSignal): Promise<void> {
  await fillOutbox(tools);
  while (!signal.aborted && (await sendDue(tools, signal)) > 0);
}

/** Work that is done again and again, one after the other, until the signal. A failure is told and tried again. */
function createBackground(
  signal: AbortSignal,
  log: (level: 'warn', message: string) => void,
  works: readonly { name: string; everyMs: number; work: () => Promise<void> }[],
): { start(): void; stopped(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const loop = async ({ name, everyMs, work }: (typeof works)[number]): Promise<void> => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => {
        if (!signal.aborted) log('warn', `${name} of the desk: ${reasonOf(error)}`);
      });
      await rest(everyMs, signal);
    }
  };
  return {
    start: () => {
      running = Promise.all(works.map(loop));
    },
    stopped: async () => {
      await running;
    },
  };
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
