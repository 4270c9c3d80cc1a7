import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffCheck } from './plugins/staff-access.ts';
import { requestSignal } from './request-signal.ts';

/** Milliseconds between two looks: a stream outlives its session or key by no more. */
const LOOK_MS = 10_000;

/** Raised when the reader leaves, or may no longer read: signed out, disabled, key removed. */
export function whileSignedIn(
  request: FastifyRequest,
  reply: FastifyReply,
  staff: StaffCheck,
  lookMs = LOOK_MS,
): AbortSignal {
  const ended = new AbortController();
  const signal = AbortSignal.any([requestSignal(reply), ended.signal]);
  const timer = setInterval(() => {
    staff.require(request).catch(() => ended.abort());
  }, lookMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return signal;
}
