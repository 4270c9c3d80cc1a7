import type { FastifyRequest } from 'fastify';
import { AnswerboxError } from '../../errors.ts';
import type { OriginCheck } from '../allowed-origins.ts';

/**
 * Browsers let any page open a WebSocket to any server, so the server must look where the page comes from.
 * Programs send no origin.
 * @param allows sites besides this server's own
 * @throws origin_not_allowed
 */
export function checkOrigin(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  allows: OriginCheck,
): void {
  const { origin } = headers;
  if (origin === undefined) return;
  if (allows(origin.toLowerCase())) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AnswerboxError('origin_not_allowed', { origin: origin.slice(0, 200) });
}
