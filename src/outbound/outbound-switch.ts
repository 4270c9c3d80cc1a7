import { Socket } from 'node:net';
import { AnswerboxError } from '../errors.ts';
import type { OutboundPurpose } from './outbound-purposes.ts';

/** Apps of this process that are set to be offline. */
let offline = 0;
let plainConnect: typeof Socket.prototype.connect | null = null;

/**
 * The master switch. While it is on, `refuseOffline` refuses every purpose, even on this machine, before a name is
 * looked up; and whatever would connect without asking it, of ours or in a library, fails at the socket for every
 * address but this machine's own (the command line, doctor and health checks speak to the server there).
 * @returns switches it off again
 */
export function switchOffline(): () => void {
  offline += 1;
  if (offline === 1) closeSockets();
  let released = false;
  return () => {
    if (released) return;
    released = true;
    offline -= 1;
    if (offline === 0) openSockets();
  };
}

export function isOffline(): boolean {
  return offline > 0;
}

/** Asked right before every connection, and before its name is looked up. @throws offline */
export function refuseOffline(purpose: OutboundPurpose, host: string): void {
  if (offline > 0) throw new AnswerboxError('offline', { host, purpose });
}

/** Every TCP and TLS connection of Node goes through here: http, https, fetch, undici, mail, libraries. */
function closeSockets(): void {
  // Called with the socket as `this` below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const original = Socket.prototype.connect;
  plainConnect = original;
  const guarded = function (this: Socket, ...given: unknown[]): Socket {
    const host = remoteHostOf(given);
    if (host === null || isThisMachine(host)) return Reflect.apply(original, this, given) as Socket;
    const error = new AnswerboxError('offline', { host, purpose: 'not named' });
    // As a connection that fails: whoever waits for it is told, and nothing is left open.
    process.nextTick(() => this.destroy(error));
    return this;
  };
  Socket.prototype.connect = guarded;
}

function openSockets(): void {
  if (plainConnect) Socket.prototype.connect = plainConnect;
  plainConnect = null;
}

/** Null for a pipe or a local socket. The forms are those of `net.Socket.connect`, and of net's own inner call. */
function remoteHostOf(given: readonly unknown[]): string | null {
  const first = Array.isArray(given[0]) ? (given[0] as unknown[])[0] : given[0];
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first)))
    return typeof given[1] === 'string' ? given[1] : 'localhost';
  if (typeof first === 'string') return null;
  const { path, host } = (first ?? {}) as { path?: unknown; host?: unknown };
  if (typeof path === 'string') return null;
  return typeof host === 'string' && host !== '' ? host : 'localhost';
}

function isThisMachine(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[|\]$/g, '');
  return /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/.test(plain);
}
