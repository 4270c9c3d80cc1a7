import { Secret, TOTP } from 'otpauth';
import { AnswerboxError } from '../errors.ts';
import type { SecondFactorStore, UserRecord } from '../stores/staff-contracts.ts';
import { AUTH } from './auth-settings.ts';
import { plainCode, randomCode } from './random-code.ts';
import { hashToken } from './tokens.ts';

export interface SecondFactors {
  /** Base32, and the address that an app reads from a QR code. Not in force before `confirm`. @throws second_factor_on */
  begin(user: UserRecord): Promise<{ secret: string; url: string }>;
  /** The first code was right: in force from now on. Recovery codes, this once. @throws second_factor_wrong */
  confirm(user: UserRecord, code: string): Promise<string[]>;
  /** Of the app or a recovery code; each is good once. */
  isRight(user: UserRecord, code: string): Promise<boolean>;
  renewRecoveryCodes(userId: string): Promise<string[]>;
  countRecoveryCodes(userId: string): Promise<number>;
  remove(userId: string): Promise<boolean>;
}

/** Time-based one-time passwords (RFC 6238: SHA-1, 6 digits, 30 seconds), which every app knows. */
export function createSecondFactors(store: SecondFactorStore, now: () => number = Date.now): SecondFactors {
  const totpOf = (secret: string, user: UserRecord): TOTP =>
    new TOTP({
      issuer: 'Answerbox',
      label: user.email,
      secret: Secret.fromBase32(secret),
      digits: AUTH.codeDigits,
      period: AUTH.codeSeconds,
    });
  /** Number of the period whose code it is, or null. */
  const stepOf = (secret: string, user: UserRecord, code: string): number | null => {
    const token = code.replace(/[\s-]/g, '');
    if (!/^\d+$/.test(token) || token.length !== AUTH.codeDigits) return null;
    const delta = totpOf(secret, user).validate({ token, timestamp: now(), window: AUTH.codeWindow });
    return delta === null ? null : Math.floor(now() / (AUTH.codeSeconds * 1000)) + delta;
  };
  return {
    begin: async (user) => {
      if ((await store.get(user.id))?.confirmed) throw new AnswerboxError('second_factor_on');
      const secret = new Secret({ size: 20 }).base32;
      await store.put(user.id, secret);
      return { secret, url: totpOf(secret, user).toString() };
    },
    confirm: async (user, code) => {
      const factor = await store.get(user.id);
      const step = factor === null || factor.confirmed ? null : stepOf(factor.secret, user, code);
      if (step === null) throw new AnswerboxError('second_factor_wrong');
      const codes = newCodes();
      await store.confirm(user.id, step, codes.map(hashOf));
      return codes;
    },
    isRight: async (user, code) => {
      const factor = await store.get(user.id);
      if (!factor?.confirmed) return false;
      const step = stepOf(factor.secret, user, code);
      if (step !== null) return store.useStep(user.id, step);
      return store.useRecoveryCode(user.id, hashOf(code.slice(0, 100)));
    },
    renewRecoveryCodes: async (userId) => {
      const codes = newCodes();
      await store.replaceRecoveryCodes(userId, codes.map(hashOf));
      return codes;
    },
    countRecoveryCodes: (userId) => store.countRecoveryCodes(userId),
    remove: (userId) => store.remove(userId),
  };
}

const newCodes = (): string[] => Array.from({ length: AUTH.recoveryCodes }, () => randomCode(5, 5));
/** 122 random bits need no slow hash. ASVS 5.0 6.5.2. */
const hashOf = (code: string): Buffer => hashToken(plainCode(code));
