import { createPublicKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { AnswerboxError, reasonOf } from '../errors.ts';

/** A customer who is signed in at the shop, as the shop vouches for it. */
export interface Identity {
  /** The shop's own id of the customer. */
  subject: string;
  email: string | null;
  /** Numbers of the customer's orders. */
  orders: string[];
}

/** The one key and algorithm that tokens are taken with: what the token says of its algorithm decides nothing. */
export type IdentityKey =
  | { algorithm: 'HS256'; secret: string }
  | {
      algorithm: 'EdDSA' | 'RS256';
      /** PEM, SPKI. */
      publicKey: string;
    };

export interface IdentityVerifier {
  /** @throws identity_token_expired, identity_token_invalid */
  verify(token: string): Promise<Identity>;
}

const AUDIENCE = 'answerbox';
const LIMITS = {
  /** Seconds from issue to expiry. */
  longestLife: 86_400,
  /** Seconds that the shop's clock and ours may differ. */
  clockTolerance: 30,
  /** Bytes: RFC 7518 wants a key as long as the hash. */
  shortestSecret: 32,
  shortestRsaBits: 2_048,
  longestToken: 16_000,
  mostOrders: 500,
} as const;

/** @throws identity_key_invalid */
export function createIdentityVerifier(key: IdentityKey, now: () => number = Date.now): IdentityVerifier {
  const verifyKey = readKey(key);
  return {
    verify: async (token) => {
      const at = now();
      const payload = await readToken(token, key.algorithm, verifyKey, at);
      checkLife(payload, at / 1000);
      return toIdentity(payload);
    },
  };
}

function readKey(key: IdentityKey): Uint8Array | KeyObject {
  const wrong = (reason: string, cause?: unknown): AnswerboxError =>
    new AnswerboxError('identity_key_invalid', { reason }, cause);
  if (key.algorithm === 'HS256') {
    const secret = new TextEncoder().encode(key.secret);
    if (secret.length < LIMITS.shortestSecret)
      throw wrong(`the secret has ${secret.length} bytes; HS256 needs at least ${LIMITS.shortestSecret}`);
    return secret;
  }
  if (key.publicKey.includes('PRIVATE KEY')) throw wrong('it is a private key; give the public one');
  let read: KeyObject;
  try {
    read = createPublicKey(key.publicKey);
  } catch (error) {
    throw wrong('it is not a public key in PEM form', error);
  }
  const type = key.algorithm === 'EdDSA' ? 'ed25519' : 'rsa';
  if (read.asymmetricKeyType !== type) throw wrong(`${key.algorithm} needs a key of the type ${type}`);
  const bits = read.asymmetricKeyDetails?.modulusLength ?? LIMITS.shortestRsaBits;
  if (bits < LIMITS.shortestRsaBits) throw wrong(`the key has ${bits} bits; at least 2048 are needed`);
  return read;
}

async function readToken(
  token: string,
  algorithm: IdentityKey['algorithm'],
  key: Uint8Array | KeyObject,
  at: number,
): Promise<JWTPayload> {
  if (token.length > LIMITS.longestToken) throw invalid('it is too long');
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: LIMITS.clockTolerance,
      currentDate: new Date(at),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new AnswerboxError('identity_token_expired', {}, error);
    throw invalid(explain(error, algorithm), error);
  }
}

const invalid = (reason: string, cause?: unknown): AnswerboxError =>
  new AnswerboxError('identity_token_invalid', { reason }, cause);

function explain(error: unknown, algorithm: string): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not match';
  if (error instanceof errors.JOSEAlgNotAllowed) return `its algorithm is not ${algorithm}`;
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its claim "${error.claim}" is missing or wrong`;
  return error instanceof errors.JOSEError ? 'it is not a signed JWT' : reasonOf(error);
}

function checkLife({ exp, iat }: JWTPayload, now: number): void {
  if (iat !== undefined && typeof iat !== 'number') throw invalid('its claim "iat" is missing or wrong');
  const issued = Math.min(iat ?? now, now);
  if ((exp ?? Infinity) - issued > LIMITS.longestLife + LIMITS.clockTolerance)
    throw invalid('it is valid for more than 24 hours');
}

function toIdentity({ sub, email, orders = [] }: JWTPayload): Identity {
  const wrong = (claim: string): AnswerboxError => invalid(`its claim "${claim}" is missing or wrong`);
  if (typeof sub !== 'string' || sub.trim() === '') throw wrong('sub');
  if (email !== undefined && (typeof email !== 'string' || !email.includes('@'))) throw wrong('email');
  if (!isListOfTexts(orders) || orders.length > LIMITS.mostOrders) throw wrong('orders');
  return { subject: sub, email: email ?? null, orders };
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
