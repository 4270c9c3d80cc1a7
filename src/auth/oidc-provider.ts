import * as client from 'openid-client';
import { AnswerboxError } from '../errors.ts';
import { createOidcFetch, type ConnectionGuard } from './oidc-fetch.ts';
import { OIDC, type OidcSettings } from './oidc-settings.ts';

/** What a sign-in is begun with, and must come back to. */
export interface OidcFlow {
  state: string;
  nonce: string;
  /** PKCE: whoever intercepts the code cannot redeem it without. */
  verifier: string;
  /** The address that the provider leads back to. */
  back: string;
}

/** Who the provider says that came. */
export interface OidcIdentity {
  issuer: string;
  /** Never changes and is never given to another, unlike an address. */
  subject: string;
  name: string | null;
  email: string | null;
  /** The provider says that the address is this person's. */
  emailVerified: boolean;
  groups: readonly string[];
}

export interface OidcProvider {
  /** A new flow, and where the browser goes. @throws oidc_unreachable, offline */
  begin(back: string): Promise<{ flow: OidcFlow; url: string }>;
  /** @param query of the address that the browser came back with. @throws oidc_refused, oidc_unreachable, offline */
  redeem(flow: OidcFlow, query: string): Promise<OidcIdentity>;
  close(): Promise<void>;
}

type Claims = Record<string, unknown>;

/**
 * OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636), state and nonce; the provider is found by
 * Discovery 1.0. Signature, issuer, audience, times and nonce of the ID token are checked by openid-client.
 */
export function createOidcProvider(
  settings: OidcSettings,
  guard: ConnectionGuard,
  now: () => number = Date.now,
): OidcProvider {
  const fetch = createOidcFetch(guard);
  let found: { configuration: client.Configuration; until: number } | null = null;

  const discover = async (): Promise<client.Configuration> => {
    if (found && now() < found.until) return found.configuration;
    const { issuer, clientId, clientSecret } = settings;
    const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
    const metadata = { [client.clockTolerance]: OIDC.clockSeconds };
    const configuration = await client.discovery(issuer, clientId, metadata, authentication, {
      [client.customFetch]: fetch,
      timeout: OIDC.timeoutSeconds,
      execute:
        issuer.protocol === 'http:'
          ? // Marked so that nobody uses it unawares; our own fetch lets it reach this machine alone.
            // eslint-disable-next-line @typescript-eslint/no-deprecated
            [client.allowInsecureRequests, client.enableNonRepudiationChecks]
          : [client.enableNonRepudiationChecks],
    });
    found = { configuration, until: now() + OIDC.discoverySeconds * 1000 };
    return configuration;
  };

  return {
    begin: (back) =>
      told(async () => {
        const configuration = await discover();
        const [state, nonce] = [client.randomState(), client.randomNonce()];
        const verifier = client.randomPKCECodeVerifier();
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: back,
          scope: settings.scopes,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        return { flow: { state, nonce, verifier, back }, url: url.href };
      }),
    redeem: (flow, query) =>
      told(async () => {
        const configuration = await discover();
        const address = new URL(flow.back);
        address.search = query;
        const tokens = await client.authorizationCodeGrant(configuration, address, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        });
        const proven: Claims = { ...tokens.claims() };
        const wanted = [proven['email'], settings.roleClaim === '' ? '' : proven[settings.roleClaim]];
        const isAsked =
          wanted.includes(undefined) && configuration.serverMetadata().userinfo_endpoint !== undefined;
        // Many providers put into the ID token only who it is. What is signed goes first.
        const more = isAsked
          ? await client.fetchUserInfo(configuration, tokens.access_token, String(proven['sub']))
          : {};
        return identityOf({ ...more, ...proven }, settings);
      }),
    close: () => fetch.close(),
  };
}

function identityOf(claims: Claims, { issuer, roleClaim }: OidcSettings): OidcIdentity {
  const text = (name: string): string | null =>
    typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null;
  const subject = text('sub');
  // Not looked at by the library: whoever has none would share an account with all others who have none.
  if (subject === null) throw new AnswerboxError('oidc_refused', { reason: 'it names no subject' });
  const groups: unknown = roleClaim === '' ? [] : claims[roleClaim];
  return {
    // As the owner wrote it: the library has compared it with the token's.
    issuer: issuer.href,
    subject,
    name: text('name') ?? text('preferred_username'),
    email: text('email'),
    emailVerified: claims['email_verified'] === true,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((one) => typeof one === 'string'),
  };
}

/** Codes of openid-client that mean that the provider did not answer, or not as one does. */
const UNREACHABLE = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

/** Ours, thrown within. */
const OWN = new Set<string>(['offline', 'oidc_unreachable', 'oidc_refused']);

/** The library's errors as ours: what the provider is to blame for, and what the one who came. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const known = causeWith(error, (one) => one instanceof AnswerboxError) as AnswerboxError | null;
    if (known && OWN.has(known.code)) throw known;
    const { code, error: said } = error as { code?: unknown; error?: unknown };
    const reason =
      typeof said === 'string' ? said.slice(0, 100) : typeof code === 'string' ? code : networkCode(error);
    const isProtocol = typeof code === 'string' && code.startsWith('OAUTH_') && !UNREACHABLE.has(code);
    throw new AnswerboxError(isProtocol ? 'oidc_refused' : 'oidc_unreachable', { reason }, error);
  }
}

/** "ECONNREFUSED", not the whole message: that may quote what was sent. */
function networkCode(error: unknown): string {
  const found = causeWith(error, (one) => typeof (one as { code?: unknown }).code === 'string');
  return (found as { code?: string } | null)?.code ?? 'no answer';
}

function causeWith(error: unknown, fits: (one: object) => boolean): object | null {
  for (let one = error, depth = 0; typeof one === 'object' && one !== null && depth < 6; depth += 1) {
    if (fits(one)) return one;
    one = (one as { cause?: unknown }).cause;
  }
  return null;
}
