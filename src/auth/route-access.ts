/** Who may call what: a route without an entry of its own is closed to all but staff (default deny). */
const PUBLIC_ROUTES: ReadonlySet<string> = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /api/v1/shop',
  'POST /api/v1/chat',
  // Opens nothing without a token of the shop.
  'POST /api/v1/memory',
  'GET /api/v1/chat/ws',
  'GET /api/v1/conversations/:id',
  'POST /api/v1/conversations/:id/feedback',
  'POST /api/v1/conversations/:id/handover',
  'GET /api/v1/sources/:id',
  'GET /sources/:id',
  'GET /sources/page.css',
  'GET /*',
  // Browsers ask before a page of another site may use the chat; answered by the list of sites alone.
  'OPTIONS /api/v1/chat',
  'OPTIONS /api/v1/shop',
  'OPTIONS /api/v1/conversations/:id',
  'OPTIONS /api/v1/conversations/:id/feedback',
  'OPTIONS /api/v1/conversations/:id/handover',
  'OPTIONS /api/v1/sources/:id',
]);

/** Open only as far as a setting says; their plugins ask for a key otherwise. */
const ROUTES_BY_SETTING = /^GET \/(metrics$|docs(\/|$))/;

export function isPublicRoute(method: string, route: string): boolean {
  const name = `${method === 'HEAD' ? 'GET' : method} ${route}`;
  return PUBLIC_ROUTES.has(name) || ROUTES_BY_SETTING.test(name);
}
