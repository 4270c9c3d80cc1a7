import { randomUUID } from 'node:crypto';
import type { DeskEvent, ThreadRecord } from '../stores/thread-contracts.ts';
import { PRIORITIES } from '../stores/ticket-contracts.ts';
import { DESK_ACTOR, type DeskTools } from './desk-tools.ts';
import { priorityEvents } from './hand-over.ts';
import { matchRule, type HandoverRule } from './handover-rules.ts';
import { raised } from './sla-policies.ts';

/** What the desk says to a message before the assistant answers it, and to the answer before it is told. */
export type DeskWord =
  | { kind: 'answer' }
  /** A person has the conversation: the assistant is silent. */
  | { kind: 'silent'; ticket: number | null }
  | { kind: 'hand-over'; rule: HandoverRule };

/** Events looked back on for failures in a row. */
const LOOK_BACK = 40;
/** A question back is none: it is how an order is found. */
const FAILURES = new Set(['declined']);

export async function beforeAnswer(
  { conversationId, text }: { conversationId: string; text: string },
  tools: DeskTools,
): Promise<DeskWord> {
  const { store } = tools;
  const thread = await store.threadOf(conversationId);
  if (!thread) return { kind: 'answer' };
  if (thread.state === 'waiting' || thread.state === 'person') {
    await heedWords(thread, text, tools);
    return { kind: 'silent', ticket: thread.ticket };
  }
  const facts = { text, intent: null, ...(await lookBack(conversationId, tools)) };
  // Without this answer: rules that count it speak when it is known.
  const rule = matchRule(tools.rules, facts);
  return rule ? { kind: 'hand-over', rule } : { kind: 'answer' };
}

/**
 * What is written to a person can be more urgent than what was handed over: the lines of the table that look for words
 * raise the priority, and whoever has it, or all when nobody has, are told by a note. No answer of the assistant is
 * awaited, so that conditions on failures hold.
 */
async function heedWords(thread: ThreadRecord, text: string, tools: DeskTools): Promise<void> {
  const { store, users, rules, policies, profile, now } = tools;
  const wordRules = rules.filter(({ words }) => words !== undefined);
  const ticket = thread.ticket === null ? null : await store.getTicket(thread.ticket);
  if (!ticket || wordRules.length === 0) return;
  const { vip } = await lookBack(thread.conversationId, tools);
  const facts = { text, intent: null, failures: Infinity, unanswered: Infinity, vip };
  const met = wordRules.filter((rule) => matchRule([rule], facts) !== null);
  const rule = PRIORITIES.flatMap((one) => met.filter(({ priority }) => priority === one)).at(-1);
  const set = rule ? raised(ticket, rule.priority, now(), { policies, profile: profile() }) : {};
  if (!rule || set.priority === undefined) return;
  const assignee = thread.assigneeId ?? ticket.assigneeId;
  const staff = assignee === null ? await users.listUsers() : [];
  const everybody = staff.filter(({ disabled, role }) => !disabled && role !== 'viewer').map(({ id }) => id);
  const note = {
    id: randomUUID(),
    text: `The customer's message meets the rule "${rule.name}": the priority is ${rule.priority} now.`,
    mentions: assignee === null ? everybody : [assignee],
  };
  await store.apply({
    tickets: [{ number: ticket.number, set }],
    events: [
      ...priorityEvents(ticket, set, thread.id, DESK_ACTOR),
      {
        id: note.id,
        threadId: thread.id,
        ticket: ticket.number,
        type: 'note-add',
        visibility: 'staff',
        actor: DESK_ACTOR,
        data: note,
      },
    ],
  });
}

/** The rule that an answer meets, or null; called before the answer is stored. */
export async function afterAnswer(
  answer: { conversationId: string; text: string; intent: string | null; outcome: string },
  tools: DeskTools,
): Promise<HandoverRule | null> {
  const before = await lookBack(answer.conversationId, tools);
  const failures = FAILURES.has(answer.outcome) ? before.failures + 1 : 0;
  return matchRule(tools.rules, {
    ...before,
    text: answer.text,
    intent: answer.intent,
    failures,
    unanswered: 0,
  });
}

async function lookBack(
  conversationId: string,
  { store, customers }: DeskTools,
): Promise<{ failures: number; unanswered: number; vip: boolean }> {
  const thread = await store.threadOf(conversationId);
  if (!thread) return { failures: 0, unanswered: 0, vip: false };
  const events = await store.listEvents(thread.id, { before: Number.MAX_SAFE_INTEGER, limit: LOOK_BACK });
  const customer = thread.customerId === null ? null : await customers.get(thread.customerId);
  const newestFirst = sinceHandBack(events)
    .flatMap(({ message }) => (message ? [message] : []))
    .reverse();
  const answers = newestFirst.filter(({ role }) => role !== 'customer');
  const failed = answers.findIndex(({ answer }) => answer === null || !FAILURES.has(outcomeOf(answer)));
  const answered = newestFirst.findIndex(({ role }) => role !== 'customer');
  return {
    failures: failed === -1 ? answers.length : failed,
    unanswered: answered === -1 ? newestFirst.length : answered,
    vip: customer?.vip === true,
  };
}

/** What a person has dealt with counts no more: else the next question would be handed over at once. */
function sinceHandBack(events: readonly DeskEvent[]): readonly DeskEvent[] {
  const last = events.findLastIndex(({ type }) => type === 'state-change');
  return events.slice(last + 1);
}

function outcomeOf(answer: string): string {
  return (JSON.parse(answer) as { outcome?: string }).outcome ?? '';
}
