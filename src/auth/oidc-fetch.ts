import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { AnswerboxError } from '../errors.ts';
import { refuseOffline } from '../outbound/outbound-switch.ts';
import { isLoopback, OIDC } from './oidc-settings.ts';

/** Decides at the moment of connecting whether an address may be connected to. */
export interface ConnectionGuard {
  lookupFor(host: string, port: string): LookupFunction;
  checkLiteral(hostname: string, port: string): void;
}

/** What the protocol's library asks the provider with; its own would know neither the switch nor the guard. */
export interface OidcFetch {
  (url: string, options: object): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Every request to the provider goes through here: past the master switch, to addresses that the guard allows, by
 * TLS but on this machine, with a limit on time and size. No redirect is followed.
 */
export function createOidcFetch(guard: ConnectionGuard): OidcFetch {
  const agent = new Agent({
    headersTimeout: OIDC.timeoutSeconds * 1000,
    bodyTimeout: OIDC.timeoutSeconds * 1000,
    maxResponseSize: OIDC.answerBytes,
    connect: (options, callback) => {
      const { hostname, port, protocol } = options;
      const number = port || (protocol === 'https:' ? '443' : '80');
      try {
        guard.checkLiteral(hostname, number);
      } catch (error) {
        callback(error as Error, null);
        return;
      }
      const lookup = guard.lookupFor(hostname, number);
      buildConnector({ timeout: OIDC.connectMs, lookup })(options, callback);
    },
  });
  const ask = async (text: string, options: object): Promise<Response> => {
    const url = new URL(text);
    refuseOffline('sign-in', url.host);
    if (url.protocol !== 'https:' && !isLoopback(url))
      throw new AnswerboxError('oidc_unreachable', { reason: `${url.host} is named without https` });
    const request = { ...options, redirect: 'manual', dispatcher: agent } as Parameters<typeof fetch>[1];
    // Undici's own Response and the platform's are the same thing under two declarations.
    const answer: unknown = await fetch(url, request);
    return answer as Response;
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}
