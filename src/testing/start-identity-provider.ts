import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { onTestFinished } from 'vitest';

export interface Account {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
}

export interface IdentityProvider {
  issuer: string;
  /** By subject; tests change them. */
  accounts: Record<string, Account>;
  /** Answers from now on, for a server that is reached under this address. */
  serve(clientUrl: string): void;
  /** What a browser does there: signs in as this subject and agrees. @returns the address it is led back to */
  signIn(authorizationUrl: string, subject: string): Promise<URL>;
  /** Cancels instead. */
  cancel(authorizationUrl: string): Promise<URL>;
  close(): void;
}

export const CLIENT = { id: 'answerbox', secret: 'a-secret-of-the-provider' } as const;

/** A certified OpenID Connect provider on the loopback, with its own pages for signing in. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts: Record<string, Account> = {};
  return {
    issuer,
    accounts,
    close,
    serve: (clientUrl) => {
      const answer = providerFor(issuer, clientUrl, accounts).callback();
      listener = (request, response) => void answer(request, response);
    },
    signIn: (url, subject) => walk(url, subject),
    cancel: (url) => walk(url, null),
  };
}

function providerFor(issuer: string, clientUrl: string, accounts: Record<string, Account>): Provider {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${clientUrl}/console/sign-in`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['only-for-tests'] },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...accounts[subject] }),
    }),
  });
  // It warns of its own development pages and keys, which is what a test is for.
  provider.on('server_error', () => undefined);
  return provider;
}

/** Follows redirects with cookies, fills in the forms, and stops at the first address of another server. */
async function walk(start: string, subject: string | null): Promise<URL> {
  const cookies = new Map<string, string>();
  let [url, body]: [URL, URLSearchParams | null] = [new URL(start), null];
  const home = url.origin;
  for (let hop = 0; hop < 20; hop += 1) {
    const response: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body && { method: 'POST', body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location: string | null = response.headers.get('location');
    if (location !== null) {
      [url, body] = [new URL(location, url), null];
      if (url.origin !== home) return url;
      continue;
    }
    const page: string = await response.text();
    if (subject === null) {
      url = new URL(`${url.pathname}/abort`, url);
      continue;
    }
    const prompt: string | undefined = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined)
      throw new Error(`the provider answered ${response.status}: ${page.slice(0, 500)}`);
    body = new URLSearchParams({ prompt, login: subject, password: 'any' });
  }
  throw new Error('the provider never led back');
}
