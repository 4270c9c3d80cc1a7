import type { FastifyRequest } from 'fastify';
import { AnswerboxError } from '../../errors.ts';

/**
 * Browsers let any page open a WebSocket to any server, so the server must look where the page comes from.
 * Programs send no origin.
 * @param allowed sites besides this server's own, comma separated
 * @throws origin_refused
 */
export function checkOrigin(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  allowed: string,
): void {
  const { origin } = headers;
  if (origin === undefined) return;
  const sites = allowed.split(',').map((site) => site.trim().replace(/\/$/, '').toLowerCase());
  if (sites.includes(origin.toLowerCase())) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AnswerboxError('origin_refused', { origin: origin.slice(0, 200) });
}
