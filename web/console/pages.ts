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
  /** Without it the page is neither offered nor shown; null: for all who are signed in. */
  permission: Permission | null;
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
  {
    name: 'library',
    path: '/library',
    title: 'library.title',
    permission: 'library.write',
    group: 'desk',
    icon: 'macro',
    keys: 'g b',
    component: lazy(async () => (await import('./pages/library/library-page.tsx')).LibraryPage),
  },
  {
    name: 'account',
    path: '/account',
    title: 'account.title',
    permission: null,
    group: null,
    icon: 'person',
    component: lazy(async () => (await import('./pages/account/account-page.tsx')).AccountPage),
  },
  {
    name: 'documents',
    path: '/documents',
    title: 'documents.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'book',
    keys: 'g k',
    component: lazy(async () => (await import('./pages/documents/documents-page.tsx')).DocumentsPage),
  },
  {
    name: 'document',
    path: '/documents/:id',
    title: 'document.title',
    permission: 'knowledge.read',
    group: null,
    icon: 'book',
    component: lazy(async () => (await import('./pages/document/document-page.tsx')).DocumentPage),
  },
  {
    name: 'imports',
    path: '/imports/:id?',
    title: 'imports.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'download',
    component: lazy(async () => (await import('./pages/imports/imports-page.tsx')).ImportsPage),
  },
  {
    name: 'sites',
    path: '/sites',
    title: 'sites.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'link',
    component: lazy(async () => (await import('./pages/sites/sites-page.tsx')).SitesPage),
  },
  {
    name: 'retrieval',
    path: '/retrieval',
    title: 'retrieval.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'search',
    keys: 'g r',
    component: lazy(async () => (await import('./pages/retrieval/retrieval-page.tsx')).RetrievalPage),
  },
  {
    name: 'questions',
    path: '/questions',
    title: 'questions.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'note',
    keys: 'g q',
    component: lazy(async () => (await import('./pages/questions/questions-page.tsx')).QuestionsPage),
  },
  {
    name: 'knowledge-health',
    path: '/knowledge-health',
    title: 'knowledge_health.title',
    permission: 'knowledge.read',
    group: 'knowledge',
    icon: 'health',
    component: lazy(
      async () => (await import('./pages/knowledge-health/knowledge-health-page.tsx')).KnowledgeHealthPage,
    ),
  },
  {
    name: 'analytics',
    path: '/analytics',
    title: 'analytics.title',
    permission: 'analytics.read',
    group: 'insight',
    icon: 'chart',
    keys: 'g a',
    component: lazy(async () => (await import('./pages/analytics/analytics-page.tsx')).AnalyticsPage),
  },
  {
    name: 'live',
    path: '/live',
    title: 'live.title',
    permission: 'desk.read',
    group: 'insight',
    icon: 'live',
    keys: 'g l',
    component: lazy(async () => (await import('./pages/live/live-page.tsx')).LivePage),
  },
  {
    name: 'settings',
    path: '/settings',
    title: 'settings.title',
    permission: 'settings.write',
    group: 'system',
    icon: 'settings',
    keys: 'g s',
    component: lazy(async () => (await import('./pages/settings/settings-page.tsx')).SettingsPage),
  },
  {
    name: 'embed',
    path: '/embed',
    title: 'embed.title',
    permission: 'settings.write',
    group: 'system',
    icon: 'external',
    component: lazy(async () => (await import('./pages/embed/embed-page.tsx')).EmbedPage),
  },
  {
    name: 'people',
    path: '/people',
    title: 'people.title',
    permission: 'users.manage',
    group: 'system',
    icon: 'person',
    component: lazy(async () => (await import('./pages/people/people-page.tsx')).PeoplePage),
  },
  {
    name: 'webhooks',
    path: '/webhooks',
    title: 'webhooks.title',
    permission: 'settings.write',
    group: 'system',
    icon: 'send',
    component: lazy(async () => (await import('./pages/webhooks/webhooks-page.tsx')).WebhooksPage),
  },
  {
    name: 'models',
    path: '/models',
    title: 'models.title',
    permission: 'operations.read',
    group: 'system',
    icon: 'models',
    keys: 'g m',
    component: lazy(async () => (await import('./pages/models/models-page.tsx')).ModelsPage),
  },
  {
    name: 'system',
    path: '/system',
    title: 'system.title',
    permission: 'operations.read',
    group: 'system',
    icon: 'spark',
    component: lazy(async () => (await import('./pages/system/system-page.tsx')).SystemPage),
  },
];

/** Where a page begins: its path without its own parts. */
export function pageAddress({ path }: Pick<ConsolePage, 'path'>): string {
  return BASE + path.replace(/\/:.*$/, '');
}
