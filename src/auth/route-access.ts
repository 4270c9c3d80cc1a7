/** Who may call what: a route without an entry of its own is closed to all but staff (default deny). */
const PUBLIC_ROUTES: ReadonlySet<string> = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /api/v1/shop',
  'POST /api/v1/chat',
  // Opens nothing without a token of the shop.
  'POST /api/v1/memory',
  'GET /api/v1/conversations/:id',
  'POST /api/v1/conversations/:id/feedback',
  'POST /api/v1/conversations/:id/handover',
  'GET /api/v1/sources/:id',
  'GET /*',
  // Browsers ask before a page of another site may use the chat; answered by the list of sites alone.
  'OPTIONS /api/v1/chat',
  'OPTIONS /api/v1/shop',
  'OPTIONS /api/v1/conversations/:id',
  'OPTIONS /api/v1/conversations/:id/feedback',
  'OPTIONS /api/v1/conversations/:id/handover',
  'OPTIONS /api/v1/sources/:id',
]);

export function isPublicRoute(method: string, route: string): boolean {
  return PUBLIC_ROUTES.has(`${method === 'HEAD' ? 'GET' : method} ${route}`);
}
