import { slaStates } from '../desk/sla-policies.ts';
import type { AttachmentRecord } from '../stores/attachment-contracts.ts';
import type { CustomerRecord } from '../stores/customer-contracts.ts';
import type { DeliveryRecord, WebhookRecord } from '../stores/outbox-contracts.ts';
import type { DeskEvent, EventMessage, ThreadRecord } from '../stores/thread-contracts.ts';
import type { TicketRecord } from '../stores/ticket-contracts.ts';

/** The desk as it goes over the wire. The customer's key to a conversation is in none of what staff are sent. */

/** A message; its answer without the id of the conversation where staff read it. */
export function wireMessage({ id, role, author, text, answer }: EventMessage, forStaff: boolean) {
  const parsed = answer === null ? null : (JSON.parse(answer) as Record<string, unknown>);
  if (parsed && forStaff) delete parsed['conversation_id'];
  return { id, role, author, text, answer: parsed };
}

export function wireCustomerEvent({ sequence, type, at, data, message, actor }: DeskEvent) {
  const shown = { ...data };
  // A rule's name and a change of fields are the staff's matter.
  delete shown['rule'];
  delete shown['change'];
  return {
    sequence: sequence ?? 0,
    type,
    at,
    ...shown,
    ...(type === 'state-change' && actor.kind === 'staff' && { by: actor.name }),
    ...(message && { message: wireMessage(message, false) }),
  };
}

export function wireEvent({
  position,
  sequence,
  threadId,
  ticket,
  type,
  visibility,
  at,
  actor,
  data,
  message,
  id,
}: DeskEvent) {
  return {
    id,
    position,
    sequence,
    thread_id: threadId,
    ticket,
    type,
    visibility,
    at,
    actor,
    data: type === 'note-add' ? { note: data } : data,
    message: message && wireMessage(message, true),
  };
}

export function wireAttachment({ id, name, mediaType, bytes, from, createdAt }: AttachmentRecord) {
  return { id, name, media_type: mediaType, bytes, from, created_at: createdAt };
}

export function wireThread(thread: ThreadRecord) {
  return {
    id: thread.id,
    state: thread.state,
    ticket: thread.ticket,
    customer_id: thread.customerId,
    assignee_id: thread.assigneeId,
    team_id: thread.teamId,
    subject: thread.subject,
    language: thread.language,
    tags: thread.tags,
    last_sequence: thread.lastSequence,
    unread: thread.lastCustomerSequence > thread.staffRead,
    staff_read: thread.staffRead,
    customer_read: thread.customerRead,
    last_text: thread.lastText,
    last_role: thread.lastRole,
    waiting_since: thread.waitingSince,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
  };
}

export function wireTicket(ticket: TicketRecord, now: Date) {
  const states = slaStates(ticket, now);
  return {
    number: ticket.number,
    version: ticket.version,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category,
    assignee_id: ticket.assigneeId,
    team_id: ticket.teamId,
    customer_id: ticket.customerId,
    contact: ticket.contact,
    tags: ticket.tags,
    source: ticket.source,
    snoozed_until: ticket.snoozedUntil,
    due: {
      first_response_at: ticket.firstResponseDue,
      resolution_at: ticket.resolutionDue,
      first_response_state: states.firstResponse,
      resolution_state: states.resolution,
      paused: ticket.pausedAt !== null,
    },
    first_response_at: ticket.firstResponseAt,
    resolved_at: ticket.resolvedAt,
    closed_at: ticket.closedAt,
    reopened: ticket.reopened,
    merged_into: ticket.mergedInto,
    csat:
      ticket.csatRating === null
        ? null
        : { rating: ticket.csatRating, comment: ticket.csatComment, at: ticket.csatAt },
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
  };
}

export function wireCustomer(customer: CustomerRecord) {
  const { mergedInto, createdAt, updatedAt, subject, ...rest } = customer;
  return {
    ...rest,
    verified: subject !== null,
    merged_into: mergedInto,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function wireWebhook({ id, url, events, description, disabled, createdAt }: WebhookRecord) {
  return { id, url, events, description, disabled, created_at: createdAt };
}

export function wireDelivery({ nextAt, lastError, createdAt, payload: _, ...rest }: DeliveryRecord) {
  return { ...rest, next_at: nextAt, last_error: lastError, created_at: createdAt };
}
