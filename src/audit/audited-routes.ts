/**
 * What of the API is written down. Whatever changes something is, unless it is named here; a new route cannot
 * forget it. Reads are when they show customers, staff or keys; a program's key is noted with every route.
 */
export type AuditKind = 'change' | 'look' | 'export' | 'sign-in';

/** Open to everyone by the access table, and written down all the same. */
const OPEN: Readonly<Record<string, AuditKind>> = {
  'POST /api/v1/session': 'sign-in',
  'POST /api/v1/session/setup': 'sign-in',
  'POST /api/v1/session/oidc/finish': 'sign-in',
  'POST /api/v1/session/oidc/code': 'sign-in',
  // A customer says what may be remembered of them.
  'POST /api/v1/memory': 'change',
};

/** Asked by POST or PUT, and nothing is changed by it but where somebody is and what they type. */
const QUIET: ReadonlySet<string> = new Set([
  'POST /api/v1/threads/:id/presence',
  'POST /api/v1/threads/:id/read',
  'PUT /api/v1/threads/:id/drafts/:kind',
  'DELETE /api/v1/threads/:id/drafts/:kind',
  'PUT /api/v1/session/preferences',
  'POST /api/v1/settings/hours/preview',
]);

/** Looks, though asked by POST. */
const LOOKS: ReadonlySet<string> = new Set([
  'POST /api/v1/threads/:id/preview',
  'POST /api/v1/threads/:id/suggestion',
  'POST /api/v1/search',
  'POST /api/v1/knowledge/regression-questions/run',
  'POST /api/v1/privacy/plan',
]);

/** Addresses under which customers, staff or keys are shown. */
const PERSONAL = [
  '/api/v1/threads',
  '/api/v1/tickets',
  '/api/v1/customers',
  '/api/v1/events',
  '/api/v1/orders',
  '/api/v1/messages',
  '/api/v1/privacy',
  '/api/v1/users',
  '/api/v1/roles',
  '/api/v1/keys',
  '/api/v1/audit',
  '/api/v1/webhooks/deliveries',
  // What customers are asking at this moment.
  '/api/v1/live',
  // The questions that customers asked, and those that they asked in vain.
  '/api/v1/knowledge/questions',
  '/api/v1/knowledge/health',
  '/api/v1/knowledge/regression-questions',
  '/api/v1/analytics',
] as const;

/** Counts alone. */
const IMPERSONAL: ReadonlySet<string> = new Set(['/api/v1/threads/counts']);

/**
 * @param caller null: nobody who proved to be somebody
 * @param open the access table lets everyone in: customers' own routes, which must not wait for the audit
 * @returns null: not written down
 */
export function auditOf(
  method: string,
  route: string,
  caller: 'user' | 'key' | 'machine' | null,
  open: boolean,
): AuditKind | null {
  const verb = method === 'HEAD' ? 'GET' : method;
  const name = `${verb} ${route}`;
  if (open) return OPEN[name] ?? null;
  if (QUIET.has(name)) return caller === 'key' ? 'look' : null;
  if (/\/(?:export|original)$/.test(route)) return 'export';
  const isProgram = /^\/v[12]\//.test(route);
  if (verb !== 'GET' && verb !== 'OPTIONS' && !LOOKS.has(name) && !isProgram) return 'change';
  const personal =
    !IMPERSONAL.has(route) && PERSONAL.some((under) => route === under || route.startsWith(`${under}/`));
  return personal || LOOKS.has(name) || isProgram || caller === 'key' || caller === null ? 'look' : null;
}
