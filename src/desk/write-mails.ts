import { sayIn, type Say } from '../messages/say.ts';
import type { CustomerStore } from '../stores/customer-contracts.ts';
import type { DeskStore } from '../stores/desk-contracts.ts';
import type { DeskEvent } from '../stores/thread-contracts.ts';
import type { UserStore } from '../stores/staff-contracts.ts';
import type { Mail } from './outbox.ts';

const MAILS = {
  /** Seconds in which files count as sent with the reply before them; 10…300. */
  togetherSeconds: 60,
} as const;

export interface MailTools {
  store: Pick<DeskStore, 'getTicket' | 'getThread' | 'listEvents'>;
  users: Pick<UserStore, 'getUser' | 'listUsers'>;
  customers: Pick<CustomerStore, 'get'>;
  /** The customer's page is open. */
  customerPresent: (threadId: string) => boolean;
  shopName: () => string;
  /** Address under which the console is reached; '' when none is set. */
  publicUrl: string;
}

/**
 * Mails that an event asks for: staff hear of what waits for them, a customer who left an address hears of the
 * reply, in their language. Subjects hold nothing that a customer wrote.
 */
export async function mailsOf(event: DeskEvent, tools: MailTools): Promise<Mail[]> {
  switch (event.type) {
    case 'handover-start':
    case 'sla-warn':
    case 'sla-breach':
    case 'customer-waits':
      return staffMails(event, tools);
    case 'message-add':
      return event.message?.role === 'staff' ? customerMails(event, tools, replyMail) : [];
    case 'attachment-add':
      // One mail for a reply and the files that came with it.
      return event.actor.kind === 'customer' || (await followsReply(event, tools))
        ? []
        : customerMails(event, tools, fileMail);
    case 'csat-ask':
      return customerMails(event, tools, csatMail);
    case 'note-add':
      return mentionMails(event, tools);
    default:
      return [];
  }
}

const SUBJECTS = {
  'handover-start': 'waits for a person',
  'sla-warn': 'is due soon',
  'sla-breach': 'is overdue',
  'customer-waits': 'has a new message that nobody has answered',
} as const;

async function staffMails(event: DeskEvent, { store, users, publicUrl }: MailTools): Promise<Mail[]> {
  const ticket = event.ticket === null ? null : await store.getTicket(event.ticket);
  if (!ticket) return [];
  const assignee = ticket.assigneeId === null ? null : await users.getUser(ticket.assigneeId);
  const everybody = assignee ? [assignee] : await users.listUsers();
  const people = everybody.filter(
    ({ disabled, role, preferences }) => !disabled && role !== 'viewer' && preferences['mail'] !== false,
  );
  const place = publicUrl === '' ? '' : `\n\n${publicUrl}/console/tickets/${ticket.number}`;
  return people.map(({ email }) => ({
    to: email,
    subject: `[#${ticket.number}] ${SUBJECTS[event.type as keyof typeof SUBJECTS]}`,
    text: `${ticket.subject}\n\n${ticket.handover?.summary ?? ''}${place}`,
  }));
}

/** Whom a note names hears that it does; what it says is for the console alone. */
async function mentionMails(event: DeskEvent, { users, publicUrl }: MailTools): Promise<Mail[]> {
  const { mentions } = event.data;
  const named = new Set(Array.isArray(mentions) ? mentions.filter((id) => typeof id === 'string') : []);
  named.delete(event.actor.id ?? '');
  const people = await Promise.all([...named].map((id) => users.getUser(id)));
  const path =
    event.threadId === null ? `tickets/${event.ticket}` : `inbox/all/${encodeURIComponent(event.threadId)}`;
  const number = event.ticket === null ? '' : `[#${event.ticket}] `;
  return people
    .filter((person) => person !== null)
    .filter(({ disabled, preferences }) => !disabled && preferences['mail'] !== false)
    .map(({ email }) => ({
      to: email,
      subject: `${number}${event.actor.name} mentioned you`,
      text: publicUrl === '' ? 'A note names you.' : `A note names you: ${publicUrl}/console/${path}`,
    }));
}

/** What a mail to a customer says; null: nothing that could be of use. */
type WriteMail = (
  event: DeskEvent,
  told: { say: Say; shop: string; address: string | null; number: number },
) => { subject: string; parts: string[] } | null;

const replyMail: WriteMail = ({ message, actor }, { say, shop, address }) => ({
  subject: say('mail.answered', { shop }),
  parts: [message?.text ?? '', ...ending(actor.name, { say, shop, address })],
});

const fileMail: WriteMail = ({ data, actor }, { say, shop, address }) => {
  const { name: file } = data['attachment'] as { name: string };
  return {
    subject: say('mail.answered', { shop }),
    parts: [say('mail.file', { name: actor.name, file }), ...ending(actor.name, { say, shop, address })],
  };
};

/** Rated on the page alone: without its address there is nothing to be asked. */
const csatMail: WriteMail = (_event, { say, shop, address, number }) =>
  address === null
    ? null
    : { subject: say('mail.asks', { shop }), parts: [say('mail.rate', { number, address })] };

function ending(
  name: string,
  { say, shop, address }: { say: Say; shop: string; address: string | null },
): string[] {
  return [say('mail.signed', { name, shop }), ...(address === null ? [] : [say('mail.goOn', { address })])];
}

/** A file right after a message or another file of staff. */
async function followsReply(event: DeskEvent, { store }: MailTools): Promise<boolean> {
  if (event.threadId === null || event.sequence === null) return false;
  const [before] = await store.listEvents(event.threadId, {
    before: event.sequence,
    limit: 1,
    visibility: 'all',
  });
  const byStaff =
    before?.message?.role === 'staff' ||
    (before?.type === 'attachment-add' && before.actor.kind !== 'customer');
  return byStaff && Date.parse(event.at) - Date.parse(before.at) <= MAILS.togetherSeconds * 1000;
}

async function customerMails(event: DeskEvent, tools: MailTools, write: WriteMail): Promise<Mail[]> {
  const { store, shopName, publicUrl } = tools;
  const ticket = event.ticket === null ? null : await store.getTicket(event.ticket);
  const thread = event.threadId === null ? null : await store.getThread(event.threadId);
  const to = ticket?.contact.email;
  if (!ticket || !thread || to == null) return [];
  // They read along: no mail for each line of a chat.
  if (thread.customerRead >= (event.sequence ?? 0) || tools.customerPresent(thread.id)) return [];
  // In the fragment: whoever has the id has the conversation, so it stays out of logs and of what links pass on.
  const address = publicUrl === '' ? null : `${publicUrl}/#conversation=${thread.conversationId}`;
  const customerId = thread.customerId ?? ticket.customerId;
  const customer = customerId === null ? null : await tools.customers.get(customerId);
  // What they prefer goes before what they happened to write in.
  const say = sayIn(customer?.language ?? thread.language ?? ticket.handover?.language ?? 'en');
  const mail = write(event, { say, shop: shopName(), address, number: ticket.number });
  if (!mail) return [];
  return [{ to, subject: `[#${ticket.number}] ${mail.subject}`, text: mail.parts.join('\n\n') }];
}
