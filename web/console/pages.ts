import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import type { Permission } from './api/wire-types.ts';
import type { IconName } from './components/icon.tsx';
import { BASE } from './data/addresses.ts';
import type { MessageKey } from './translate.ts';

export interface ConsolePage {
  /** Its folder in pages/. */
  name: string;
  /** Under /console; parts that begin with a colon are its own, as in preact-iso. */
  path: string;
  title: MessageKey;
  /** Without it the page is neither offered nor shown. */
  permission: Permission;
  /** Where the navigation offers it; null: nowhere. */
  group: PageGroup | null;
  icon: IconName;
  /** Keys that lead here, as `g i`. */
  keys?: string;
  component: ComponentType;
}

export const PAGE_GROUPS = ['desk', 'knowledge', 'insight', 'system'] as const;
export type PageGroup = (typeof PAGE_GROUPS)[number];

/** Every page of the console, a row and a folder each, in the order of the navigation. */
export const PAGES: readonly ConsolePage[] = [
  {
    name: 'inbox',
    path: '/inbox/:view?/:thread?',
    title: 'inbox.title',
    permission: 'desk.read',
    group: 'desk',
    icon: 'inbox',
    keys: 'g i',
    component: lazy(async () => (await import('./pages/inbox/inbox-page.tsx')).InboxPage),
  },
  {
    name: 'tickets',
    path: '/tickets',
    title: 'tickets.title',
    permission: 'desk.read',
    group: 'desk',
    icon: 'ticket',
    keys: 'g t',
    component: lazy(async () => (await import('./pages/tickets/tickets-page.tsx')).TicketsPage),
  },
  {
    name: 'ticket',
    path: '/tickets/:number',
    title: 'ticket.title',
    permission: 'desk.read',
    group: null,
    icon: 'ticket',
    component: lazy(async () => (await import('./pages/ticket/ticket-page.tsx')).TicketPage),
  },
  {
    name: 'customers',
    path: '/customers/:id?',
    title: 'customers.title',
    permission: 'customers.read',
    group: 'desk',
    icon: 'customers',
    keys: 'g c',
    component: lazy(async () => (await import('./pages/customers/customers-page.tsx')).CustomersPage),
  },
];

/** Where a page begins: its path without its own parts. */
export function pageAddress({ path }: Pick<ConsolePage, 'path'>): string {
  return BASE + path.replace(/\/:.*$/, '');
}
