import type { DeskEvent, EventMessage, ThreadRecord } from '../thread-contracts.ts';
import { PRIORITIES, type Contact, type Handover, type TicketRecord } from '../ticket-contracts.ts';

/** Rows of the desk's tables, and what the contracts make of them. */

export const THREAD_COLUMNS = `threads.id, threads.conversation_id AS conversationId, threads.state, threads.ticket,
  threads.customer_id AS customerId, threads.assignee_id AS assigneeId, threads.team_id AS teamId, threads.subject,
  threads.language, threads.tags, threads.last_sequence AS lastSequence,
  threads.last_customer_sequence AS lastCustomerSequence, threads.staff_read AS staffRead,
  threads.customer_read AS customerRead, threads.last_text AS lastText, threads.last_role AS lastRole,
  threads.waiting_since AS waitingSince, threads.created_at AS createdAt, threads.updated_at AS updatedAt`;

export type ThreadRow = Omit<ThreadRecord, 'tags'> & { tags: string };

export function toThread(row: ThreadRow): ThreadRecord {
  return { ...row, tags: JSON.parse(row.tags) as string[] };
}

export const TICKET_COLUMNS = `tickets.number, tickets.version, tickets.subject, tickets.status, tickets.priority,
  tickets.category, tickets.assignee_id AS assigneeId, tickets.team_id AS teamId, tickets.customer_id AS customerId,
  tickets.contact, tickets.tags, tickets.source, tickets.handover, tickets.snoozed_until AS snoozedUntil,
  tickets.paused_at AS pausedAt, tickets.sla_from AS slaFrom, tickets.paused_minutes AS pausedMinutes,
  tickets.first_response_due AS firstResponseDue,
  tickets.resolution_due AS resolutionDue, tickets.first_response_warn_at AS firstResponseWarnAt,
  tickets.resolution_warn_at AS resolutionWarnAt, tickets.sla_told AS slaTold,
  tickets.first_response_at AS firstResponseAt, tickets.resolved_at AS resolvedAt, tickets.closed_at AS closedAt,
  tickets.reopened, tickets.merged_into AS mergedInto, tickets.csat_rating AS csatRating,
  tickets.csat_comment AS csatComment, tickets.csat_at AS csatAt, tickets.created_at AS createdAt,
  tickets.updated_at AS updatedAt`;

export type TicketRow = Omit<TicketRecord, 'priority' | 'contact' | 'tags' | 'handover'> & {
  priority: number;
  contact: string;
  tags: string;
  handover: string | null;
};

export function toTicket(row: TicketRow): TicketRecord {
  return {
    ...row,
    priority: PRIORITIES[row.priority] ?? 'normal',
    contact: JSON.parse(row.contact) as Contact,
    tags: JSON.parse(row.tags) as string[],
    handover: row.handover === null ? null : (JSON.parse(row.handover) as Handover),
  };
}

/** Columns of fields that are not called alike, or not stored as they are. */
const COLUMN_OF: Record<string, string> = {
  customerId: 'customer_id',
  assigneeId: 'assignee_id',
  teamId: 'team_id',
  staffRead: 'staff_read',
  customerRead: 'customer_read',
  waitingSince: 'waiting_since',
  lastRole: 'last_role',
  snoozedUntil: 'snoozed_until',
  pausedAt: 'paused_at',
  slaFrom: 'sla_from',
  pausedMinutes: 'paused_minutes',
  firstResponseDue: 'first_response_due',
  resolutionDue: 'resolution_due',
  firstResponseWarnAt: 'first_response_warn_at',
  resolutionWarnAt: 'resolution_warn_at',
  slaTold: 'sla_told',
  firstResponseAt: 'first_response_at',
  resolvedAt: 'resolved_at',
  closedAt: 'closed_at',
  mergedInto: 'merged_into',
  csatRating: 'csat_rating',
  csatComment: 'csat_comment',
  csatAt: 'csat_at',
};

/** Column and value pairs of a change; fields that are undefined are left out. */
export function columnsOf(change: object): [string, unknown][] {
  return Object.entries(change)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]: [string, unknown]) => [COLUMN_OF[field] ?? field, stored(field, value)]);
}

function stored(field: string, value: unknown): unknown {
  if (field === 'priority') return PRIORITIES.findIndex((one) => one === value);
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

export const EVENT_COLUMNS = `desk_events.position, desk_events.id, desk_events.thread_id AS threadId,
  desk_events.sequence, desk_events.ticket, desk_events.type, desk_events.visibility,
  desk_events.actor_kind AS actorKind, desk_events.actor_id AS actorId, desk_events.actor_name AS actorName,
  desk_events.at, desk_events.data, messages.id AS messageId, messages.role, messages.author, messages.text,
  messages.answer`;
export const EVENT_TABLES = 'desk_events LEFT JOIN messages ON messages.id = desk_events.message_id';

export type EventRow = Omit<DeskEvent, 'actor' | 'data' | 'message'> & {
  actorKind: DeskEvent['actor']['kind'];
  actorId: string;
  actorName: string;
  data: string;
  messageId: string | null;
  role: EventMessage['role'];
  author: string | null;
  text: string;
  answer: string | null;
};

export function toEvent(row: EventRow): DeskEvent {
  const { actorKind, actorId, actorName, data, messageId, role, author, text, answer, ...rest } = row;
  return {
    ...rest,
    actor: { kind: actorKind, id: actorId, name: actorName },
    data: JSON.parse(data) as DeskEvent['data'],
    message: messageId === null ? null : { id: messageId, role, author, text, answer },
  };
}
