import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUTH } from '../auth/auth-settings.ts';
import { OIDC } from '../auth/oidc-settings.ts';

/** The cookies of staff. Customers get none. */
export interface StaffCookies {
  readSession(request: FastifyRequest): string | null;
  readDevice(request: FastifyRequest): string | null;
  /** Null removes it. */
  setSession(reply: FastifyReply, token: string | null): void;
  setDevice(reply: FastifyReply, mark: string): void;
  /** Of a sign-in with the identity provider, while it is under way. */
  readTicket(request: FastifyRequest): string | null;
  setTicket(reply: FastifyReply, ticket: string | null): void;
}

/** @param secure people reach the server by https: bound to the host then; localhost and a LAN by http otherwise */
export function createStaffCookies(secure: boolean): StaffCookies {
  const name = (base: string): string => (secure ? `__Host-${base}` : base);
  const set = (reply: FastifyReply, base: string, value: string, seconds: number): void =>
    void reply.header(
      'set-cookie',
      `${name(base)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`,
    );
  return {
    readSession: (request) => read(request, name('answerbox_session')),
    readDevice: (request) => read(request, name('answerbox_device')),
    setSession: (reply, token) =>
      set(reply, 'answerbox_session', token ?? '', token === null ? 0 : AUTH.lifeSeconds),
    setDevice: (reply, mark) => set(reply, 'answerbox_device', mark, AUTH.deviceSeconds),
    readTicket: (request) => read(request, name('answerbox_ticket')),
    setTicket: (reply, ticket) =>
      set(reply, 'answerbox_ticket', ticket ?? '', ticket === null ? 0 : OIDC.flowSeconds),
  };
}

function read(request: FastifyRequest, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split('=', 2);
    if (key === name && value !== '') return value;
  }
  return null;
}
