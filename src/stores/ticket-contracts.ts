/** Tickets: what is to be done for a customer, with whom and until when. */

export const TICKET_STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed', 'merged'] as const;

export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** In order of weight. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

export type Priority = (typeof PRIORITIES)[number];

export const TICKET_SORTS = ['updated', 'created', 'due', 'priority'] as const;

export type TicketSort = (typeof TICKET_SORTS)[number];

/** Why a conversation goes to a person: LibreDesk's and Chatwoot's reasons, and those of our rules. */
export const HANDOVER_REASONS = [
  'customer_request',
  'missing_knowledge',
  'unsupported_request',
  'policy_restriction',
  'tool_failure',
  'pending_clarification',
  'usage_limit',
  'frustration',
  'urgency',
  'vip',
  'repeated_failure',
  'sensitive',
] as const;

export type HandoverReason = (typeof HANDOVER_REASONS)[number];

export interface Handover {
  reason: HandoverReason;
  /** Name of the rule, or null when the customer asked. */
  rule: string | null;
  summary: string;
  tried: string[];
  evidence: { document_id: string; title: string; url: string | null; quote: string }[];
  suggested_reply: string | null;
  intent: string | null;
  language: string | null;
}

export interface Contact {
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface TicketRecord {
  number: number;
  /** Grows with every change. */
  version: number;
  subject: string;
  status: TicketStatus;
  priority: Priority;
  category: string | null;
  assigneeId: string | null;
  teamId: string | null;
  customerId: string | null;
  contact: Contact;
  tags: string[];
  source: 'handover' | 'form' | 'staff';
  handover: Handover | null;
  /** Null and status 'snoozed': until the next reply. */
  snoozedUntil: string | null;
  /** Since when the clocks of the SLA stand still; null while they run. */
  pausedAt: string | null;
  /** From when the due times are counted; null in tickets of earlier programs: from when it was made. */
  slaFrom: string | null;
  /** Minutes of business hours since then that do not count; without a pause that lasts. */
  pausedMinutes: number;
  firstResponseDue: string | null;
  resolutionDue: string | null;
  /** Times before which no warning is due. */
  firstResponseWarnAt: string | null;
  resolutionWarnAt: string | null;
  /** Bits of what was told: 1 first response warned, 2 breached, 4 resolution warned, 8 breached. */
  slaTold: number;
  firstResponseAt: string | null;
  resolvedAt: string | null;
  closedAt: string | null;
  reopened: number;
  mergedInto: number | null;
  csatRating: number | null;
  csatComment: string | null;
  csatAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export type NewTicket = Omit<TicketRecord, 'number' | 'version' | 'createdAt' | 'updatedAt'>;

export type TicketChange = Partial<Omit<NewTicket, 'source'>>;

export interface TicketFilter {
  status?: readonly TicketStatus[];
  priority?: readonly Priority[];
  assigneeId?: readonly (string | null)[];
  teamId?: string;
  tag?: string;
  category?: string;
  customerId?: string;
  /** Past a due time at this moment, ISO 8601. */
  overdueAt?: string;
  text?: string;
}
