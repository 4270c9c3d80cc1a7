import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createAddressGuard } from '../ingest/crawl/address-guard.ts';
import { answerJson, listenHttp } from '../testing/listen-http.ts';
import { loadConfig, type Config } from '../config.ts';
import { createOidcProvider } from './oidc-provider.ts';
import { readOidcSettings } from './oidc-settings.ts';

vi.setConfig({ testTimeout: 60_000 });

const BACK = 'http://127.0.0.1:9/console/sign-in';

/** A provider that signs whatever it is told to, with real keys. */
async function startForger() {
  const keys = await generateKeyPair('RS256', { extractable: true });
  const others = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let token = '';
  let named: Record<string, string> = {};
  const server = await listenHttp(({ url }, response) => {
    if (url === '/keys') return answerJson(response, { keys: [jwk] });
    if (url === '/token')
      return answerJson(response, {
        access_token: 'a',
        token_type: 'Bearer',
        id_token: token,
        expires_in: 60,
      });
    answerJson(response, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      ...named,
    });
  });
  const issuer = `http://${server.host}`;
  const sign = (claims: JWTPayload, key: CryptoKey = keys.privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  return {
    issuer,
    server,
    name: (endpoints: Record<string, string>) => void (named = endpoints),
    /** What the provider makes of a token with these claims. */
    redeem: async (claims: JWTPayload, how: 'signed' | 'unsigned' | 'other key' = 'signed') => {
      const provider = createOidcProvider(settingsOf(issuer), guardOf(server.host));
      const { flow } = await provider.begin(BACK);
      const seconds = Math.floor(Date.now() / 1000);
      const whole = {
        iss: issuer,
        aud: 'answerbox',
        sub: 'ada',
        nonce: flow.nonce,
        iat: seconds,
        exp: seconds + 60,
      };
      const filled = { ...whole, ...claims };
      token =
        how === 'unsigned'
          ? new UnsecuredJWT(filled).encode()
          : await sign(filled, how === 'signed' ? keys.privateKey : others.privateKey);
      try {
        return await provider.redeem(flow, new URLSearchParams({ code: 'c', state: flow.state }).toString());
      } finally {
        await provider.close();
      }
    },
  };
}

const configWith = (values: Partial<Config>): Config => ({
  ...loadConfig({ environment: {}, file: '/no/such/file' }).config,
  oidc_client_id: 'answerbox',
  ...values,
});
const settingsOf = (issuer: string) => readOidcSettings(configWith({ oidc_issuer: issuer }))!;
const guardOf = (host: string) => createAddressGuard({ allowedHosts: new Set([host]) });

describe('an ID token', () => {
  it('is taken when it is whole, and refused for every part that is not', async () => {
    const forger = await startForger();
    const { redeem, issuer } = forger;
    expect(await redeem({ email: 'a@b.example', email_verified: true })).toMatchObject({
      issuer: `${issuer}/`,
      subject: 'ada',
      email: 'a@b.example',
      emailVerified: true,
    });
    // Some say "true": only the word of the standard counts.
    expect(await redeem({ email: 'a@b.example', email_verified: 'true' })).toMatchObject({
      emailVerified: false,
    });
    const past = Math.floor(Date.now() / 1000) - 3600;
    const refused = { code: 'oidc_refused' };
    await expect(redeem({ aud: 'another-client' })).rejects.toMatchObject(refused);
    await expect(redeem({ aud: ['answerbox', 'another'] })).rejects.toMatchObject(refused);
    await expect(redeem({ iss: 'https://login.example' })).rejects.toMatchObject(refused);
    await expect(redeem({ nonce: 'of-another-flow' })).rejects.toMatchObject(refused);
    await expect(redeem({ nonce: undefined })).rejects.toMatchObject(refused);
    await expect(redeem({ iat: past, exp: past + 60 })).rejects.toMatchObject(refused);
    await expect(redeem({ sub: '' })).rejects.toMatchObject(refused);
    await expect(redeem({}, 'unsigned')).rejects.toMatchObject(refused);
    await expect(redeem({}, 'other key')).rejects.toMatchObject(refused);
  });
});

describe('the provider', () => {
  it('leads this server to no address of a private network, and to none without TLS', async () => {
    const forger = await startForger();
    const inside = await listenHttp((_request, response) => answerJson(response, {}));
    for (const token_endpoint of [
      `http://${inside.host}/token`,
      'https://10.1.2.3/token',
      'https://169.254.169.254/token',
      'http://login.example/token',
    ]) {
      forger.name({ token_endpoint });
      await expect(forger.redeem({})).rejects.toMatchObject({ code: 'oidc_unreachable' });
    }
    expect(inside.received).toEqual([]);
    forger.name({ issuer: 'https://login.example' });
    await expect(forger.redeem({})).rejects.toThrow(/identity provider/);
  });

  it.each([
    [{ oidc_issuer: 'http://login.example' }, 'oidc_issuer'],
    [{ oidc_issuer: 'https://a:b@login.example' }, 'oidc_issuer'],
    [{ oidc_issuer: 'https://login.example/?a=b' }, 'oidc_issuer'],
    [{ oidc_issuer: 'https://login.example', oidc_client_id: '' }, 'oidc_client_id'],
    [{ oidc_issuer: 'https://login.example', host: '0.0.0.0' }, 'public_url'],
    [{ oidc_issuer: 'https://login.example', oidc_role_claim: 'groups' }, 'oidc_roles'],
    [
      { oidc_issuer: 'https://login.example', oidc_client_secret_file: '/no/such' },
      'oidc_client_secret_file',
    ],
  ])('is refused at the start with %j', (values, key) => {
    expect(() => readOidcSettings(configWith(values))).toThrow(
      expect.objectContaining({
        code: 'config_bad_value',
        details: expect.objectContaining({ key }) as unknown,
      }),
    );
  });
});
