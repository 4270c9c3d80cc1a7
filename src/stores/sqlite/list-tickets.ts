import type { Page, Paged } from '../page-contracts.ts';
import { PRIORITIES, type TicketFilter, type TicketRecord, type TicketSort } from '../ticket-contracts.ts';
import { queryOfWords } from '../../text/sign-pairs.ts';
import { TICKET_COLUMNS, toTicket, type TicketRow } from './desk-rows.ts';
import type { SqliteDatabase } from './open-database.ts';
import { pageOf, readCursor } from './page-cursor.ts';

/** Sort keys; a ticket without a due time comes last. */
const SORTS: Record<TicketSort, { key: string; order: 'DESC' | 'ASC' }> = {
  updated: { key: 'tickets.updated_at', order: 'DESC' },
  created: { key: 'tickets.number', order: 'DESC' },
  due: { key: "coalesce(tickets.resolution_due, '9')", order: 'ASC' },
  priority: { key: 'tickets.priority', order: 'DESC' },
};

interface Conditions {
  where: string[];
  values: (string | number)[];
}

/** By keyset, so that page 1,000 costs as much as page 1. A full-text search lists the newest tickets first. */
export function listTickets(
  database: SqliteDatabase,
  filter: TicketFilter,
  sort: TicketSort,
  page: Page,
): Paged<TicketRecord> {
  const { where, values } = conditionsOf(filter);
  const named = filter.text === undefined ? null : namedTicket(filter.text);
  if (named !== null) {
    where.push('tickets.number = ?');
    values.push(named);
  }
  const query = filter.text === undefined || named !== null ? null : wordsQuery(filter.text);
  if (query === '') return { items: [], nextCursor: null };
  // The words index walks its rows by number alone: any other order would have to read every hit first.
  const { key, order } = query === null ? SORTS[sort] : SORTS.created;
  const place = readCursor(page.cursor, 2);
  if (place) {
    where.push(`(${key}, tickets.number) ${order === 'DESC' ? '<' : '>'} (?, ?)`);
    values.push(...place);
  }
  const tables = tablesOf(filter, query !== null, where, values, query ?? '');
  const by = `${key} ${order}, tickets.number ${order}`;
  // Sorted by key and number alone: whole rows are read for the page, not for all that fit.
  const rows = database
    .prepare(
      `SELECT ${TICKET_COLUMNS}, found.sortKey FROM (
         SELECT tickets.number AS number, ${key} AS sortKey FROM ${tables}
         ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
         ORDER BY ${query === null ? by : 'ticket_words.rowid DESC'} LIMIT ?
       ) AS found JOIN tickets ON tickets.number = found.number
       ORDER BY found.sortKey ${order}, tickets.number ${order}`,
    )
    .all(...values, page.limit + 1) as (TicketRow & { sortKey: string | number })[];
  return pageOf(
    rows,
    page.limit,
    ({ sortKey: _, ...row }) => toTicket(row),
    ({ sortKey, number }) => [sortKey, number],
  );
}

function conditionsOf(filter: TicketFilter): Conditions {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...more: (string | number)[]): void => {
    where.push(condition);
    values.push(...more);
  };
  const oneOf = (column: string, list: readonly (string | number)[]): void =>
    add(`${column} IN (${list.map(() => '?').join(', ')})`, ...list);
  if (filter.status?.length) oneOf('tickets.status', filter.status);
  if (filter.priority?.length)
    oneOf(
      'tickets.priority',
      filter.priority.map((one) => PRIORITIES.indexOf(one)),
    );
  if (filter.assigneeId?.length) addAssignees(filter.assigneeId, add);
  if (filter.teamId !== undefined) add('tickets.team_id = ?', filter.teamId);
  if (filter.category !== undefined) add('tickets.category = ?', filter.category);
  if (filter.customerId !== undefined) add('tickets.customer_id = ?', filter.customerId);
  if (filter.overdueAt !== undefined)
    add(
      `tickets.status IN ('open', 'pending') AND (tickets.resolution_due <= ?
       OR (tickets.first_response_at IS NULL AND tickets.first_response_due <= ?))`,
      filter.overdueAt,
      filter.overdueAt,
    );
  return { where, values };
}

/** What the rows come from: the words or the tag lead where there are any, as they leave the fewest rows. */
function tablesOf(
  { tag }: TicketFilter,
  byWords: boolean,
  where: string[],
  values: (string | number)[],
  query: string,
): string {
  if (tag !== undefined) {
    where.unshift('ticket_tags.tag = ?');
    values.unshift(tag);
  }
  if (byWords) {
    where.unshift('ticket_words MATCH ?');
    values.unshift(query);
  }
  const tags = tag === undefined ? '' : 'ticket_tags';
  if (byWords)
    return `ticket_words CROSS JOIN tickets ON tickets.number = ticket_words.rowid${tags && ` CROSS JOIN ${tags} ON ticket_tags.number = tickets.number`}`;
  return tags ? `${tags} CROSS JOIN tickets ON tickets.number = ticket_tags.number` : 'tickets';
}

function addAssignees(
  assignees: readonly (string | null)[],
  add: (condition: string, ...values: string[]) => void,
): void {
  const people = assignees.filter((one) => one !== null);
  const parts = [
    ...(people.length > 0 ? [`tickets.assignee_id IN (${people.map(() => '?').join(', ')})`] : []),
    ...(assignees.includes(null) ? ['tickets.assignee_id IS NULL'] : []),
  ];
  add(`(${parts.join(' OR ')})`, ...people);
}

/** Words and runs of signs that are searched for at most. */
const MOST_WORDS = 12;

/** Every word must be there, the last one may be begun but not that of an address; nothing that was typed is syntax. */
export function wordsQuery(text: string): string {
  return queryOfWords(text, { words: MOST_WORDS, begun: !text.includes('@') });
}

/** The ticket that "#17" names; null for anything else. Without the sign a number is a word among others. */
export function namedTicket(text: string): number | null {
  const digits = /^\s*[#＃]\s*(\d{1,15})\s*$/u.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
