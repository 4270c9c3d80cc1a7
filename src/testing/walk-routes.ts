/** What a route answered to a call with nothing in it. */
export interface Walked {
  /** 'METHOD /path', as Fastify prints it. */
  route: string;
  status: number;
  /** Of the error; null where there is none. */
  code: string | null;
}

/** Ends the session that walks: after all others. */
const LEAVING = 'DELETE /api/v1/session';

/**
 * Calls every route with ids that lead nowhere and empty bodies. Of a stream the head alone is read: whether it was
 * opened is what is asked.
 */
export async function walkRoutes(
  url: string,
  routes: readonly string[],
  headers: Record<string, string>,
): Promise<Walked[]> {
  const walked: Walked[] = [];
  const staying = routes.filter((route) => route !== LEAVING);
  for (const route of staying) walked.push(await walk(url, route, headers));
  if (routes.includes(LEAVING)) walked.push(await walk(url, LEAVING, headers));
  return walked;
}

async function walk(url: string, route: string, headers: Record<string, string>): Promise<Walked> {
  const [method = '', path = ''] = route.split(' ');
  const address = path
    .replace(/:number|:other/g, '999')
    .replace(/:\w+/g, 'nothing')
    .replace('*', 'nothing.html');
  const leaving = new AbortController();
  const hasBody = !['GET', 'HEAD'].includes(method);
  const response = await fetch(url + address, {
    method,
    headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: '{}' }),
    signal: leaving.signal,
  });
  const isError = /^application\/json/.test(response.headers.get('content-type') ?? '') && !response.ok;
  const code = isError && method !== 'HEAD' ? codeOf(await response.text()) : null;
  leaving.abort();
  return { route, status: response.status, code };
}

function codeOf(text: string): string | null {
  const { error } = JSON.parse(text) as { error?: { code?: string } };
  return error?.code ?? null;
}
