import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { listOf } from '../text/list-of.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { Role } from '../stores/staff-contracts.ts';

/** Limits of signing in with an identity provider. */
export const OIDC = {
  /** Seconds from the button to the way back; 60…3,600. People look for their phone in between. */
  flowSeconds: 600,
  /** Seconds until each answer of the provider must be there; 1…60. */
  timeoutSeconds: 10,
  /** Milliseconds for a connection to come about. */
  connectMs: 5_000,
  /** Bytes of one answer; keys and discovery of the large providers have some 10 KB. */
  answerBytes: 1_000_000,
  /** Seconds for which what the provider says of itself is kept. */
  discoverySeconds: 3600,
  /** Seconds by which its clock may differ from ours. */
  clockSeconds: 30,
  /** Characters of what comes back in the address. */
  answerCharacters: 8_000,
} as const;

export interface OidcSettings {
  issuer: URL;
  clientId: string;
  /** Null: a client without a secret, held by PKCE alone. */
  clientSecret: string | null;
  name: string;
  scopes: string;
  /** Lower case; none: any. */
  domains: readonly string[];
  linksByEmail: boolean;
  provisions: boolean;
  /** '' when roles are given here. */
  roleClaim: string;
  roles: Readonly<Record<string, Role>>;
  /** The provider's own second factor stands for ours. */
  vouchesForSecondFactor: boolean;
}

/** Null when no provider is set up. @throws config_bad_value */
export function readOidcSettings(config: Config): OidcSettings | null {
  if (config.oidc_issuer === '') return null;
  const issuer = issuerOf(config.oidc_issuer);
  // Else whoever asks could choose where codes are sent to.
  if (config.public_url === '' && !isLoopback(new URL(`http://${hostOf(config.host)}`)))
    throw bad(
      'public_url',
      '',
      'the address of this server as the provider knows it, since oidc_issuer is set',
    );
  if (config.oidc_client_id === '')
    throw bad('oidc_client_id', '', 'what the provider knows this server as, since oidc_issuer is set');
  if (config.oidc_role_claim !== '' && Object.keys(config.oidc_roles).length === 0)
    throw bad('oidc_roles', '{}', 'a role of at least one group, since oidc_role_claim is set');
  return {
    issuer,
    clientId: config.oidc_client_id,
    clientSecret: secretOf(config.oidc_client_secret_file),
    name: config.oidc_name,
    scopes: config.oidc_scopes,
    domains: listOf(config.oidc_domains).map((domain) => domain.toLowerCase().replace(/^@/, '')),
    linksByEmail: config.oidc_link_by_email,
    provisions: config.oidc_provision,
    roleClaim: config.oidc_role_claim,
    roles: config.oidc_roles as Record<string, Role>,
    vouchesForSecondFactor: config.oidc_second_factor,
  };
}

/** Only this machine's own may be asked without TLS. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function issuerOf(text: string): URL {
  const needed = 'an https address without user, query or fragment; http on this machine alone';
  if (!URL.canParse(text)) throw bad('oidc_issuer', text, needed);
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isPlain || (url.protocol === 'http:' && !isLoopback(url))) throw bad('oidc_issuer', text, needed);
  return url;
}

function secretOf(path: string): string | null {
  if (path === '') return null;
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw bad('oidc_client_secret_file', path, `a file that can be read (${reasonOf(error)})`, error);
  }
  if (secret === '') throw bad('oidc_client_secret_file', path, 'a file that holds the secret; it is empty');
  return secret;
}

function bad(key: string, found: string, needed: string, cause?: unknown): AnswerboxError {
  return new AnswerboxError('config_bad_value', { key, found: JSON.stringify(found), needed }, cause);
}
