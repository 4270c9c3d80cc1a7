import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { createIdentityVerifier, type IdentityKey } from './identity-token.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const SECONDS = NOW / 1000;
const HOUR = 3_600;
const CLAIMS: JWTPayload = {
  sub: 'customer-7',
  aud: 'answerbox',
  iat: SECONDS,
  exp: SECONDS + HOUR,
  email: 'anna@mail.example',
  orders: ['MF-10002042'],
};
const secret = randomBytes(32).toString('hex');
const hs256: IdentityKey = { algorithm: 'HS256', secret };
const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();
const ed = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const sign = (
  claims: JWTPayload,
  alg = 'HS256',
  key: Parameters<SignJWT['sign']>[0] = Buffer.from(secret),
): Promise<string> => new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
const verify = (token: string, key: IdentityKey = hs256): Promise<unknown> =>
  createIdentityVerifier(key, () => NOW).verify(token);
const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([name]) => name !== claim));

describe('an identity token', () => {
  it.each<[string, IdentityKey, Parameters<SignJWT['sign']>[0]]>([
    ['HS256', hs256, Buffer.from(secret)],
    ['EdDSA', { algorithm: 'EdDSA', publicKey: pem(ed.publicKey) }, ed.privateKey],
    ['RS256', { algorithm: 'RS256', publicKey: pem(rsa.publicKey) }, rsa.privateKey],
  ])('signed with %s names the customer', async (algorithm, key, signingKey) => {
    expect(await verify(await sign(CLAIMS, algorithm, signingKey), key)).toEqual({
      subject: 'customer-7',
      email: 'anna@mail.example',
      orders: ['MF-10002042'],
    });
  });

  it('may leave out e-mail, orders and the time of issue', async () => {
    const { sub, aud, exp } = CLAIMS as Required<JWTPayload>;
    expect(await verify(await sign({ sub, aud, exp }))).toEqual({
      subject: 'customer-7',
      email: null,
      orders: [],
    });
  });

  it('is refused after its time, and forgiven half a minute of it', async () => {
    await expect(verify(await sign({ ...CLAIMS, exp: SECONDS - 31 }))).rejects.toMatchObject({
      code: 'identity_token_expired',
    });
    await expect(verify(await sign({ ...CLAIMS, exp: SECONDS - 20 }))).resolves.toBeDefined();
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['another secret', () => sign(CLAIMS, 'HS256', randomBytes(32)), 'signature'],
    ['no signature', () => new UnsecuredJWT(CLAIMS).encode(), 'algorithm'],
    [
      'algorithm none and a signature',
      async () => {
        const [, body, signature] = (await sign(CLAIMS)).split('.');
        return [Buffer.from('{"alg":"none"}').toString('base64url'), body, signature].join('.');
      },
      'algorithm',
    ],
    ['another algorithm', () => sign(CLAIMS, 'RS256', rsa.privateKey), 'algorithm'],
    ['a longer hash', () => sign(CLAIMS, 'HS512', Buffer.from(secret)), 'algorithm'],
    [
      'a changed body',
      async () => {
        const [head, , signature] = (await sign(CLAIMS)).split('.');
        return [
          head,
          Buffer.from(JSON.stringify({ ...CLAIMS, email: 'x@y.example' })).toString('base64url'),
          signature,
        ].join('.');
      },
      'signature',
    ],
    ['no audience', () => sign(without('aud')), 'aud'],
    ['another audience', () => sign({ ...CLAIMS, aud: 'billing' }), 'aud'],
    ['no expiry', () => sign(without('exp')), 'exp'],
    ['no subject', () => sign(without('sub')), 'sub'],
    ['an empty subject', () => sign({ ...CLAIMS, sub: ' ' }), 'sub'],
    ['an e-mail that is none', () => sign({ ...CLAIMS, email: true }), 'email'],
    ['orders that are no list', () => sign({ ...CLAIMS, orders: 'MF-10002042' }), 'orders'],
    ['a life of 25 hours', () => sign({ ...CLAIMS, exp: SECONDS + 25 * HOUR }), '24 hours'],
    ['a life of 25 hours, nearly over', () => sign({ ...CLAIMS, iat: SECONDS - 24 * HOUR }), '24 hours'],
    [
      'a life of 25 hours without time of issue',
      () => sign({ ...without('iat'), exp: SECONDS + 25 * HOUR }),
      '24 hours',
    ],
    [
      'a time of issue to come',
      () => sign({ ...CLAIMS, iat: SECONDS + 48 * HOUR, exp: SECONDS + 49 * HOUR }),
      '24 hours',
    ],
    ['a time before which it is void', () => sign({ ...CLAIMS, nbf: SECONDS + HOUR }), 'nbf'],
    ['no shape', () => 'not a token', 'JWT'],
    ['no end', () => 'a.'.repeat(100_000), 'too long'],
  ])('is refused with %s', async (_, make, reason) => {
    await expect(verify(await make())).rejects.toMatchObject({
      code: 'identity_token_invalid',
      message: expect.stringContaining(reason),
    });
  });

  it('signed with the public key as a shared secret is refused', async () => {
    const publicKey = pem(rsa.publicKey);
    const token = await sign(CLAIMS, 'HS256', Buffer.from(publicKey));
    await expect(verify(token, { algorithm: 'RS256', publicKey })).rejects.toMatchObject({
      code: 'identity_token_invalid',
    });
  });

  it.each<[string, IdentityKey]>([
    ['31 bytes', { algorithm: 'HS256', secret: 'x'.repeat(31) }],
    [
      'private key',
      { algorithm: 'EdDSA', publicKey: ed.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    ],
    ['ed25519', { algorithm: 'EdDSA', publicKey: pem(rsa.publicKey) }],
    ['rsa', { algorithm: 'RS256', publicKey: pem(ed.publicKey) }],
    [
      '1024 bits',
      { algorithm: 'RS256', publicKey: pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey) },
    ],
    ['PEM', { algorithm: 'RS256', publicKey: 'secret words' }],
  ])('is not taken with a key that cannot be trusted: %s', (reason, key) => {
    expect(() => createIdentityVerifier(key)).toThrow(
      expect.objectContaining({ code: 'identity_key_invalid', message: expect.stringContaining(reason) }),
    );
  });
});
