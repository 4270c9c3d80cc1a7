import type { Query } from '../../api/desk-api.ts';

/** The filters that stand in the address, so that a list can be shared. */
export const FILTER_NAMES = [
  'status',
  'priority',
  'assignee',
  'team',
  'category',
  'overdue',
  'tag',
  'customer',
  'q',
  'sort',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type TicketFilter = Readonly<Partial<Record<FilterName | 'view', string>>>;

/** Without a wish: what there is still to do. */
const DEFAULT_STATUS = 'open,pending';

export function readFilter(query: Readonly<Record<string, string>>): TicketFilter {
  const names: readonly string[] = [...FILTER_NAMES, 'view'];
  return Object.fromEntries(
    Object.entries(query).filter(([name, value]) => names.includes(name) && value !== ''),
  );
}

export function writeFilter(filter: TicketFilter): string {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();
}

/** What the server is asked; 'any' is every status. */
export function toQuery({ view: _, status = DEFAULT_STATUS, overdue, ...rest }: TicketFilter): Query {
  return {
    ...rest,
    ...(status !== 'any' && { status }),
    ...(overdue === 'true' && { overdue: true }),
  };
}
