import { AnswerboxError, hasCode } from '../errors.ts';
import type { ProofAttempts } from '../stores/contracts.ts';
import {
  ROLE_NAMES,
  type IdentityStore,
  type Role,
  type SignInStore,
  type UserRecord,
  type UserStore,
} from '../stores/staff-contracts.ts';
import type { OidcFlow, OidcIdentity, OidcProvider } from './oidc-provider.ts';
import { OIDC, type OidcSettings } from './oidc-settings.ts';
import { createTextSealer } from './seal-text.ts';
import type { SignedIn, SignIn, Visitor } from './sign-in.ts';
import { createSignInPauses } from './sign-in-pauses.ts';

/** Why somebody whom the provider knows may not come in: for the audit, not for them. */
export type Refusal = 'unknown' | 'disabled' | 'domain' | 'no-role' | 'unverified-email';

export type OidcOutcome =
  | { kind: 'signed-in'; signedIn: SignedIn }
  /** Their own second factor is asked for besides; the ticket takes the place of the one before. */
  | { kind: 'code-needed'; ticket: string };

/** Signing in with an identity provider. A ticket is for a cookie of the browser that begins, and for it alone. */
export interface OidcSignIn {
  /** What the button says. */
  readonly name: string;
  /** @param back address to come back to. @throws oidc_unreachable, sign_in_paused, offline */
  begin(back: string, visitor: Visitor): Promise<{ url: string; ticket: string }>;
  /**
   * @param query of the address that the browser came back with
   * @throws oidc_flow_lost, oidc_refused, oidc_not_allowed, oidc_unreachable, sign_in_paused, offline
   */
  finish(ticket: string | null, query: string, visitor: Visitor): Promise<OidcOutcome>;
  /** @throws oidc_flow_lost, second_factor_wrong, sign_in_paused */
  sendCode(ticket: string | null, code: string, visitor: Visitor): Promise<SignedIn>;
  close(): Promise<void>;
}

export interface OidcSignInTools {
  settings: OidcSettings;
  provider: OidcProvider;
  identities: IdentityStore;
  users: UserStore;
  signIns: SignInStore;
  signIn: Pick<SignIn, 'enter' | 'secondFactors'>;
  attempts: ProofAttempts;
  /** Milliseconds since 1970. */
  now?: () => number;
}

type Ticket = { until: number } & ({ kind: 'flow'; flow: OidcFlow } | { kind: 'code'; userId: string });

export function createOidcSignIn(tools: OidcSignInTools): OidcSignIn {
  const { settings, provider, users, signIn, now = Date.now } = tools;
  const { seal, open } = createTextSealer();
  const pauses = createSignInPauses(tools.attempts, now);
  /** States that came back, until their tickets are void: each is good once. */
  const used = new Map<string, number>();

  const issue = (ticket: { kind: 'flow'; flow: OidcFlow } | { kind: 'code'; userId: string }): string =>
    seal(JSON.stringify({ ...ticket, until: now() + OIDC.flowSeconds * 1000 }));
  const lost = (): AnswerboxError => new AnswerboxError('oidc_flow_lost', { minutes: OIDC.flowSeconds / 60 });
  const read = (sealed: string | null): Ticket => {
    const text = sealed === null ? null : open(sealed);
    const ticket = text === null ? null : (JSON.parse(text) as Ticket);
    if (ticket === null || ticket.until < now()) throw lost();
    return ticket;
  };
  const useOnce = (ticket: Ticket, name: string): void => {
    for (const [one, until] of used) if (until < now()) used.delete(one);
    if (used.has(name)) throw lost();
    used.set(name, ticket.until);
  };

  return {
    name: settings.name,
    begin: async (back, visitor) => {
      // Nobody makes this server ask the provider as often as they like.
      await pauses.begin({ email: null, address: visitor.address, device: null });
      const { flow, url } = await provider.begin(back);
      await pauses.succeed({ email: null, address: visitor.address, device: null });
      return { url, ticket: issue({ kind: 'flow', flow }) };
    },
    finish: async (sealed, query, visitor) => {
      const ticket = read(sealed);
      if (ticket.kind !== 'flow' || new URLSearchParams(query).get('state') !== ticket.flow.state)
        throw lost();
      const guesser = { email: null, address: visitor.address, device: null };
      await pauses.begin(guesser);
      useOnce(ticket, ticket.flow.state);
      const user = await userOf(await provider.redeem(ticket.flow, query), tools);
      await pauses.succeed(guesser);
      if (user.secondFactor && !settings.vouchesForSecondFactor)
        return { kind: 'code-needed', ticket: issue({ kind: 'code', userId: user.id }) };
      return { kind: 'signed-in', signedIn: await signIn.enter(user, visitor, 'oidc') };
    },
    sendCode: async (sealed, code, visitor) => {
      const ticket = read(sealed);
      const user = ticket.kind === 'code' ? await users.getUser(ticket.userId) : null;
      if (!user || user.disabled) throw lost();
      // Guesses at codes count with those at passwords: the same account, the same pauses.
      const guesser = { email: user.email, address: visitor.address, device: null };
      await pauses.begin(guesser);
      if (!(await signIn.secondFactors.isRight(user, code))) throw new AnswerboxError('second_factor_wrong');
      await pauses.succeed(guesser);
      return signIn.enter(user, visitor, 'oidc');
    },
    close: () => provider.close(),
  };
}

/** The account of whoever the provider vouches for, with the role that it says. @throws oidc_not_allowed */
async function userOf(identity: OidcIdentity, tools: OidcSignInTools): Promise<UserRecord> {
  const { settings, identities, users, signIns } = tools;
  if (settings.domains.length > 0 && !isOfDomain(identity, settings.domains))
    throw refused('domain', identity);
  const role = roleOf(identity, settings);
  if (role === null) throw refused('no-role', identity);
  const known = await identities.find(identity.issuer, identity.subject);
  const user = known ?? (await admit(identity, role ?? 'viewer', tools));
  if (user.disabled) throw refused('disabled', identity);
  if (role === undefined || role === user.role) return user;
  // As everywhere: with another role all that was signed in before is over.
  const changed = await users.updateUser(user.id, { role }).catch((error: unknown) => {
    if (hasCode(error, 'last_owner')) return null;
    throw error;
  });
  if (changed) await signIns.endAll(user.id);
  return changed ?? user;
}

/** Somebody who comes for the first time: bound to their account, or given one, as far as the owner allows. */
async function admit(identity: OidcIdentity, role: Role, tools: OidcSignInTools): Promise<UserRecord> {
  const { settings, identities, users } = tools;
  const { issuer, subject, email } = identity;
  if (!settings.linksByEmail && !settings.provisions) throw refused('unknown', identity);
  // Anybody can write any address into a profile: only a verified one says who it is.
  if (email === null || !identity.emailVerified) throw refused('unverified-email', identity);
  const found = await users.findByEmail(email);
  if (found && !settings.linksByEmail) throw refused('unknown', identity);
  // Somebody else's account at the same provider had this address before: that needs a person's eye.
  if (found && (await identities.of(found.user.id)) !== null) throw refused('unknown', identity);
  if (found?.user.disabled) throw refused('disabled', identity);
  if (!found && !settings.provisions) throw refused('unknown', identity);
  const user =
    found?.user ??
    (await users.createUser({ name: identity.name ?? email, email, role, passwordHash: null }));
  await identities.bind(user.id, issuer, subject);
  return user;
}

function isOfDomain({ email, emailVerified }: OidcIdentity, domains: readonly string[]): boolean {
  const domain = email?.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return emailVerified && domain !== undefined && domains.includes(domain);
}

/** The highest of the groups' roles; null: none has one; undefined: roles are given here. */
function roleOf({ groups }: OidcIdentity, { roleClaim, roles }: OidcSettings): Role | null | undefined {
  if (roleClaim === '') return undefined;
  const given = groups.flatMap((group) => (Object.hasOwn(roles, group) ? [roles[group]!] : []));
  return ROLE_NAMES.toReversed().find((role) => given.includes(role)) ?? null;
}

function refused(why: Refusal, { email, subject }: OidcIdentity): AnswerboxError {
  return new AnswerboxError('oidc_not_allowed', { why, about: email ?? subject });
}
