import { AnswerboxError } from '../errors.ts';
import type { SettingStore, ProofAttempts } from '../stores/contracts.ts';
import type {
  SecondFactorStore,
  SignInMethod,
  SignInRecord,
  SignInStore,
  UserRecord,
  UserStore,
} from '../stores/staff-contracts.ts';
import { AUTH } from './auth-settings.ts';
import { createDeviceMarks } from './device-marks.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { userPrincipal, type Principal } from './principal.ts';
import { createSecondFactors, type SecondFactors } from './second-factor.ts';
import { createSetupCode, type SetupCode } from './setup-code.ts';
import { createSignInPauses, type SignInPauses } from './sign-in-pauses.ts';
import { csrfTokenOf, hashToken, newToken } from './tokens.ts';

export interface Visitor {
  address: string;
  userAgent: string;
  /** What the device cookie holds, or null. */
  device: string | null;
}

export interface Proof {
  password: string;
  /** Of the app, or a recovery code. */
  code?: string;
}
export type Credentials = Proof & { email: string };

export interface SignedIn {
  principal: Principal;
  /** For the cookie; given out this once. */
  token: string;
  /** For the cookie of this browser: it keeps a count of failures of its own from now on. */
  deviceMark: string;
}

export interface SignIn {
  readonly passwords: Passwords;
  readonly setupCode: SetupCode;
  /** @throws setup_done, setup_code_invalid, password_weak */
  setUp(
    owner: { code: string; name: string; email: string; password: string },
    visitor: Visitor,
  ): Promise<SignedIn>;
  readonly secondFactors: SecondFactors;
  /** Ends the pauses of an account, whoever guessed at it. */
  readonly pauses: Pick<SignInPauses, 'clear'>;
  /** @throws sign_in_failed, sign_in_paused, second_factor_needed, second_factor_wrong, overloaded */
  signIn(credentials: Credentials, visitor: Visitor): Promise<SignedIn>;
  /** A session for somebody whose identity was proven elsewhere. */
  enter(user: UserRecord, visitor: Visitor, method: SignInMethod): Promise<SignedIn>;
  /** Whether a person has to set up a second factor before anything else. */
  isLocked(user: UserRecord, session: Pick<SignInRecord, 'method'> | null): boolean;
  /** The password once more, and a code where there is a second factor. @throws as `signIn` */
  prove(principal: Principal, proof: Proof, visitor: Visitor): Promise<UserRecord>;
  /** All sessions of this user are over; a new one for this browser, begun as the present one was. */
  renew(user: UserRecord, visitor: Visitor, method?: SignInMethod): Promise<SignedIn>;
  /** Null when the token opens nothing (any more). */
  find(token: string): Promise<Principal | null>;
  /** A new token for the same session when the present one is old; null when it is not. */
  rotate(principal: Principal): Promise<string | null>;
  signOut(principal: Principal): Promise<void>;
  /** Ends every other session. @throws password_weak, and as `signIn` */
  changePassword(principal: Principal, proof: Proof, fresh: string, visitor: Visitor): Promise<SignedIn>;
}

export interface SignInTools {
  users: UserStore;
  signIns: SignInStore;
  settings: SettingStore;
  attempts: ProofAttempts;
  secondFactors: SecondFactorStore;
  /** True: whoever has no second factor may only set one up. */
  requireSecondFactor?: boolean;
  /** True: the identity provider asks for one itself, so that its sessions meet that. */
  trustsProvider?: boolean;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export function createSignIn({
  users,
  signIns,
  settings,
  attempts,
  secondFactors: secondFactorStore,
  requireSecondFactor = false,
  trustsProvider = false,
  now = Date.now,
}: SignInTools): SignIn {
  const secondFactors = createSecondFactors(secondFactorStore, now);
  const isLocked: SignIn['isLocked'] = (user, session) =>
    requireSecondFactor && !user.secondFactor && !(trustsProvider && session?.method === 'oidc');
  const passwords = createPasswords();
  const setupCode = createSetupCode(settings, now);
  const pauses = createSignInPauses(attempts, now);
  const devices = createDeviceMarks(settings);

  const open = async (
    user: UserRecord,
    { userAgent, address, device }: Visitor,
    method: SignInMethod = 'password',
  ): Promise<SignedIn> => {
    const token = newToken();
    const at = now();
    const signIn = await signIns.create({
      userId: user.id,
      tokenHash: hashToken(token),
      at,
      expiresAt: at + AUTH.lifeSeconds * 1000,
      userAgent: userAgent.slice(0, 300),
      address,
      method,
    });
    return {
      principal: userPrincipal(user, signIn, csrfTokenOf(token), isLocked(user, signIn)),
      token,
      deviceMark: await devices.make(user.email, device),
    };
  };
  const check = async ({ email, password, code }: Credentials, visitor: Visitor): Promise<UserRecord> => {
    const device = await devices.read(visitor.device, email);
    const guesser = { email, address: visitor.address, device };
    await pauses.begin(guesser);
    const found = await users.findByEmail(email);
    const usable = found && !found.user.disabled ? found : null;
    if (!(await passwords.matches(password, usable?.passwordHash ?? null)) || !usable)
      throw new AnswerboxError('sign_in_failed');
    // A wrong code counts as a wrong password does; none at all is only asked for.
    if (usable.user.secondFactor && code !== undefined && !(await secondFactors.isRight(usable.user, code)))
      throw new AnswerboxError('second_factor_wrong');
    await pauses.succeed(guesser);
    if (usable.user.secondFactor && code === undefined) throw new AnswerboxError('second_factor_needed');
    return usable.user;
  };
  const renew: SignIn['renew'] = async (user, visitor, method) => {
    await signIns.endAll(user.id);
    return open(user, visitor, method);
  };

  return {
    passwords,
    setupCode,
    setUp: async ({ code, name, email, password }, visitor) => {
      if ((await users.countUsers()) > 0) throw new AnswerboxError('setup_done');
      await pauses.begin({ email: 'setup', address: visitor.address, device: `setup ${visitor.address}` });
      if (!(await setupCode.isRight(code))) throw new AnswerboxError('setup_code_invalid');
      const passwordHash = await passwords.hash(password, [name, email]);
      const user = await users.createFirstUser({ name, email, role: 'owner', passwordHash });
      if (!user) throw new AnswerboxError('setup_done');
      await setupCode.drop();
      return open(user, visitor);
    },
    secondFactors,
    pauses,
    isLocked,
    enter: open,
    signIn: async (credentials, visitor) => open(await check(credentials, visitor), visitor),
    prove: async ({ user }, proof, visitor) => {
      if (!user) throw new AnswerboxError('sign_in_failed');
      return check({ ...proof, email: user.email }, visitor);
    },
    renew,
    find: async (token) => {
      const at = now();
      const found = await signIns.find(hashToken(token), { at, idleSeconds: AUTH.idleSeconds });
      if (!found) return null;
      if (Date.parse(found.signIn.lastSeenAt) < at - AUTH.seenEveryMs)
        await signIns.touch(found.signIn.id, at);
      return userPrincipal(found.user, found.signIn, csrfTokenOf(token), isLocked(found.user, found.signIn));
    },
    rotate: async ({ signIn }) => {
      const at = now();
      if (!signIn || Date.parse(signIn.rotatedAt) > at - AUTH.rotateSeconds * 1000) return null;
      const token = newToken();
      await signIns.rotate(signIn.id, hashToken(token), at, at + AUTH.graceSeconds * 1000);
      return token;
    },
    signOut: async ({ signIn }) => {
      if (signIn) await signIns.end(signIn.userId, signIn.id);
    },
    changePassword: async ({ user }, proof, fresh, visitor) => {
      if (!user) throw new AnswerboxError('sign_in_failed');
      await check({ ...proof, email: user.email }, visitor);
      await users.setPassword(user.id, await passwords.hash(fresh, [user.name, user.email]));
      await pauses.clear(user.email);
      return renew(user, visitor);
    },
  };
}
