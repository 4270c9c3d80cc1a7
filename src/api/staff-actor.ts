import type { FastifyRequest } from 'fastify';
import type { Actor } from '../stores/thread-contracts.ts';
import { principalOf } from './plugins/staff-access.ts';

/** Who does it, as the history tells it. A program's key acts under its own name and takes no thread. */
export function actorOf(request: FastifyRequest): Actor {
  const { kind, id, name } = principalOf(request);
  return { kind: kind === 'user' ? 'staff' : 'program', id, name };
}
