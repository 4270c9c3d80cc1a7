import type { DeskEvent } from '../api/wire-types.ts';
import { staffName } from '../data/staff.ts';
import { teamName } from '../data/teams.ts';
import { wholeTime } from '../format/time.ts';
import { translate, translateValue } from '../translate.ts';

/** One line about something that happened besides messages and notes. */
export function describeEvent({ type, actor, data, ticket }: DeskEvent): string {
  const who = actor.name || translateValue('actor', actor.kind);
  switch (type) {
    case 'handover-start':
      return translate('event.handover', { reason: translateValue('reason', textOf(data['reason'])) });
    case 'state-change':
      return translate(`event.state_${data['state'] as 'closed'}`, { who });
    case 'ticket-add':
      return translate('event.ticket_add', { number: ticket ?? '' });
    case 'sla-warn':
    case 'sla-breach':
      return translate(type === 'sla-warn' ? 'event.sla_warn' : 'event.sla_breach', {
        which: translateValue('sla', textOf(data['which'])),
      });
    case 'customer-waits':
      return translate('event.customer_waits');
    case 'csat-ask':
      return translate('event.csat_ask');
    case 'csat-add':
      return translate('event.csat_add', { rating: textOf(data['rating']) }) + commentOf(data['comment']);
    case 'thread-change':
    case 'ticket-change':
      return `${who}: ${describeChange(data['change'])}`;
    case 'attachment-add':
    case 'message-add':
    case 'note-add':
      return who;
  }
}

const commentOf = (comment: unknown): string =>
  typeof comment === 'string' && comment ? ` “${comment}”` : '';

function describeChange(change: unknown): string {
  const fields = Object.entries((change ?? {}) as Record<string, [unknown, unknown]>);
  return fields
    .map(([field, [, after]]) =>
      translate('event.field', { field: fieldName(field), value: valueName(field, after) }),
    )
    .join(', ');
}

/** Fields come as they are stored, `assigneeId` or `assignee_id`. */
const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const fieldName = (field: string): string => translateValue('field', snake(field));

function valueName(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return translate('event.nothing');
  if (/^assignee/.test(field)) return staffName(textOf(value)) ?? translate('event.somebody');
  if (/^team/.test(field)) return teamName(textOf(value)) ?? textOf(value);
  if (field === 'status' || field === 'priority') return translateValue(field, textOf(value));
  if (/(until|at)$/i.test(field)) return wholeTime(textOf(value));
  return Array.isArray(value) ? value.map(textOf).join(', ') || translate('event.nothing') : textOf(value);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value ?? '');
