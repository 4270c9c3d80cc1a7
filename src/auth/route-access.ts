import type { Role } from '../stores/staff-contracts.ts';

/** Who may call what. Default deny: a route that is in no row is closed to all but the admin key. */

export const PERMISSIONS = [
  'desk.read',
  'desk.write',
  'customers.read',
  'customers.write',
  'library.write',
  'analytics.read',
  'knowledge.read',
  'knowledge.write',
  'catalogue.read',
  'catalogue.write',
  'programs.use',
  'operations.read',
  'settings.write',
  'users.manage',
  'keys.manage',
  'audit.read',
  'backups.make',
  'privacy.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER: readonly Permission[] = [
  'desk.read',
  'customers.read',
  'analytics.read',
  'knowledge.read',
  'catalogue.read',
];
const AGENT: readonly Permission[] = [...VIEWER, 'desk.write', 'customers.write', 'programs.use'];

/** What a role may do. An admin differs from an owner in that owners are beyond them. */
export const ROLES: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: VIEWER,
  agent: AGENT,
  // A backup holds what only owners may see: everybody's data, and the owners themselves.
  admin: PERMISSIONS.filter((permission) => permission !== 'backups.make'),
  owner: PERMISSIONS,
};

/** 'everyone' needs nothing; 'signed-in' any person's session. */
export type Access = 'everyone' | 'signed-in' | Permission;

/** Routes by name. The customer's own routes are open: the unguessable id of the conversation is the key. */
const ROUTES: Readonly<Record<string, Access>> = {
  'GET /healthz': 'everyone',
  'GET /readyz': 'everyone',
  'GET /api/v1/shop': 'everyone',
  'GET /api/v1/availability': 'everyone',
  'POST /api/v1/contact': 'everyone',
  'POST /api/v1/chat': 'everyone',
  // Opens nothing without a token of the shop.
  'POST /api/v1/memory': 'everyone',
  'GET /api/v1/chat/ws': 'everyone',
  'DELETE /api/v1/chat/:id': 'everyone',
  'GET /api/v1/challenge': 'everyone',
  'POST /api/v1/conversations': 'everyone',
  'GET /api/v1/conversations/:id': 'everyone',
  'GET /api/v1/conversations/:id/attachments/:attachment': 'everyone',
  'POST /api/v1/conversations/:id/attachments': 'everyone',
  'GET /api/v1/conversations/:id/events': 'everyone',
  'POST /api/v1/conversations/:id/contact': 'everyone',
  'POST /api/v1/conversations/:id/csat': 'everyone',
  'POST /api/v1/conversations/:id/feedback': 'everyone',
  'POST /api/v1/conversations/:id/handover': 'everyone',
  'POST /api/v1/conversations/:id/read': 'everyone',
  'POST /api/v1/conversations/:id/typing': 'everyone',
  'GET /api/v1/sources/:id': 'everyone',
  'GET /api/v1/sources/:id/pictures': 'everyone',
  'GET /api/v1/sources/:id/pictures/:number': 'everyone',
  'GET /sources/:id': 'everyone',
  'GET /sources/page.css': 'everyone',
  'GET /*': 'everyone',
  'GET /api/v1/session': 'everyone',
  'POST /api/v1/session': 'everyone',
  'POST /api/v1/session/oidc': 'everyone',
  'POST /api/v1/session/oidc/finish': 'everyone',
  'POST /api/v1/session/oidc/code': 'everyone',
  'POST /api/v1/session/setup': 'everyone',
  'DELETE /api/v1/session': 'signed-in',
  'POST /api/v1/session/password': 'signed-in',
  'PUT /api/v1/session/preferences': 'signed-in',
  'GET /api/v1/session/list': 'signed-in',
  'DELETE /api/v1/session/list/:id': 'signed-in',
  'POST /api/v1/session/second-factor': 'signed-in',
  'POST /api/v1/session/second-factor/confirm': 'signed-in',
  'POST /api/v1/session/second-factor/remove': 'signed-in',
  'POST /api/v1/session/second-factor/recovery-codes': 'signed-in',
  // What is asked by POST and changes nothing.
  'POST /api/v1/search': 'knowledge.read',
  'POST /api/v1/search/why-not': 'knowledge.read',
  'POST /api/v1/knowledge/regression-questions/run': 'knowledge.read',
  'POST /api/v1/models/verify': 'operations.read',
  'POST /api/v1/doctor': 'operations.read',
  'GET /api/v1/live': 'desk.read',
  'POST /api/v1/threads/:id/preview': 'desk.read',
  'POST /api/v1/threads/:id/presence': 'desk.read',
  'POST /api/v1/threads/:id/read': 'desk.read',
  'GET /api/v1/products/search': 'catalogue.read',
  'GET /api/v1/handover-rules': 'desk.read',
  'DELETE /api/v1/demo': 'knowledge.write',
};

/** Families of routes, by the beginning of their address; the longest that fits counts. */
const FAMILIES: readonly { under: string; read: Permission; write: Permission }[] = [
  { under: '/api/v1/users', read: 'users.manage', write: 'users.manage' },
  { under: '/api/v1/roles', read: 'users.manage', write: 'users.manage' },
  { under: '/api/v1/privacy', read: 'privacy.manage', write: 'privacy.manage' },
  { under: '/api/v1/keys', read: 'keys.manage', write: 'keys.manage' },
  { under: '/api/v1/staff', read: 'desk.read', write: 'users.manage' },
  { under: '/api/v1/threads', read: 'desk.read', write: 'desk.write' },
  { under: '/api/v1/tickets', read: 'desk.read', write: 'desk.write' },
  { under: '/api/v1/events', read: 'desk.read', write: 'desk.write' },
  { under: '/api/v1/customers', read: 'customers.read', write: 'customers.write' },
  { under: '/api/v1/library', read: 'desk.read', write: 'library.write' },
  { under: '/api/v1/webhooks', read: 'settings.write', write: 'settings.write' },
  { under: '/api/v1/settings', read: 'settings.write', write: 'settings.write' },
  { under: '/api/v1/analytics', read: 'analytics.read', write: 'settings.write' },
  { under: '/api/v1/audit', read: 'audit.read', write: 'audit.read' },
  { under: '/api/v1/documents', read: 'knowledge.read', write: 'knowledge.write' },
  { under: '/api/v1/jobs', read: 'knowledge.read', write: 'knowledge.write' },
  { under: '/api/v1/products', read: 'catalogue.read', write: 'catalogue.write' },
  { under: '/api/v1/orders', read: 'catalogue.read', write: 'catalogue.write' },
  { under: '/api/v1/knowledge', read: 'knowledge.read', write: 'knowledge.write' },
  { under: '/api/v1/messages', read: 'desk.read', write: 'desk.write' },
  { under: '/api/v1/decisions', read: 'analytics.read', write: 'settings.write' },
  { under: '/api/v1/caches', read: 'operations.read', write: 'settings.write' },
  { under: '/api/v1/maintenance', read: 'operations.read', write: 'settings.write' },
  { under: '/api/v1/intents', read: 'knowledge.read', write: 'knowledge.write' },
  { under: '/api/v1/models', read: 'operations.read', write: 'settings.write' },
  { under: '/api/v1/backups', read: 'backups.make', write: 'backups.make' },
  { under: '/metrics', read: 'operations.read', write: 'operations.read' },
  { under: '/docs', read: 'operations.read', write: 'operations.read' },
  { under: '/v1', read: 'programs.use', write: 'programs.use' },
  { under: '/v2', read: 'programs.use', write: 'programs.use' },
];

/** @returns null for a route that nobody wrote a row for: closed to all but the admin key */
export function accessOf(method: string, route: string): Access | null {
  const verb = method === 'HEAD' ? 'GET' : method;
  const exact = ROUTES[`${verb} ${route}`];
  if (exact) return exact;
  if (CONSOLE_PAGES.test(`${verb} ${route}`) || ROUTES_BY_SETTING.test(`${verb} ${route}`)) return 'everyone';
  const family = FAMILIES.filter(({ under }) => route === under || route.startsWith(`${under}/`)).sort(
    (one, other) => other.under.length - one.under.length,
  )[0];
  return family ? (verb === 'GET' ? family.read : family.write) : null;
}

/** The console's page holds nothing: all that it shows comes from closed routes. */
const CONSOLE_PAGES = /^GET \/console(\/|\*|$)/;

/** Open only as far as a setting says; their plugins ask for a key otherwise. */
const ROUTES_BY_SETTING = /^GET \/(metrics$|docs(\/|\*|$))/;

export function isPublicRoute(method: string, route: string): boolean {
  return accessOf(method, route) === 'everyone';
}
