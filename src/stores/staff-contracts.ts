/** People who work at the desk, how they are signed in, and the keys of programs. */

export const ROLE_NAMES = ['viewer', 'agent', 'admin', 'owner'] as const;
/** In order of power. */
export type Role = (typeof ROLE_NAMES)[number];

export interface UserRecord {
  id: string;
  name: string;
  /** As it was given; compared without case. */
  email: string;
  role: Role;
  /** One of the owner's own roles, which takes the place of what `role` may do; null: as `role`. */
  customRole: string | null;
  /** What that role may do; null without one. */
  customPermissions: string[] | null;
  disabled: boolean;
  /** Whether they sign in with a code of their device besides the password. */
  secondFactor: boolean;
  /** What the console remembers for them: a JSON object. */
  preferences: Record<string, unknown>;
  /** ISO 8601, UTC. */
  createdAt: string;
  lastSeenAt: string | null;
}

export interface NewUser {
  name: string;
  email: string;
  role: Role;
  /** Encoded argon2id hash; null for one who cannot sign in until a password is set. */
  passwordHash: string | null;
}

export type UserChange = Partial<Pick<UserRecord, 'name' | 'email' | 'role' | 'customRole' | 'disabled'>>;

export interface UserStore {
  countUsers(): Promise<number>;
  /** @throws user_exists */
  createUser(user: NewUser): Promise<UserRecord>;
  /** In one transaction with looking: null when there is a user already. */
  createFirstUser(user: NewUser): Promise<UserRecord | null>;
  getUser(id: string): Promise<UserRecord | null>;
  /** With the hash, for signing in alone. */
  findByEmail(email: string): Promise<{ user: UserRecord; passwordHash: string | null } | null>;
  listUsers(): Promise<UserRecord[]>;
  /** Null when there is none. @throws user_exists; last_owner when no enabled owner would be left */
  updateUser(id: string, change: UserChange): Promise<UserRecord | null>;
  setPassword(id: string, passwordHash: string): Promise<void>;
  setPreferences(id: string, preferences: Record<string, unknown>): Promise<void>;
}

/** A role of the owner's own. */
export interface RoleRecord {
  name: string;
  permissions: string[];
  updatedAt: string;
}

export interface RoleStore {
  list(): Promise<RoleRecord[]>;
  get(name: string): Promise<RoleRecord | null>;
  put(name: string, permissions: readonly string[]): Promise<RoleRecord>;
  /** False when there is none. @throws role_in_use */
  remove(name: string): Promise<boolean>;
  /** Ids of the users who have it. */
  usersOf(name: string): Promise<string[]>;
}

export interface SecondFactor {
  /** Base32, as apps take it. */
  secret: string;
  confirmed: boolean;
}

/** Time-based one-time passwords and recovery codes; of the latter SHA-256 alone is stored. */
export interface SecondFactorStore {
  get(userId: string): Promise<SecondFactor | null>;
  /** Not in force before `confirm`; takes the place of another that is not confirmed. */
  put(userId: string, secret: string): Promise<void>;
  confirm(userId: string, step: number, codeHashes: readonly Uint8Array[]): Promise<void>;
  /** In one step with looking: false for a period that is not after the last one used. */
  useStep(userId: string, step: number): Promise<boolean>;
  /** False for an unknown or used one. */
  useRecoveryCode(userId: string, codeHash: Uint8Array): Promise<boolean>;
  replaceRecoveryCodes(userId: string, codeHashes: readonly Uint8Array[]): Promise<void>;
  countRecoveryCodes(userId: string): Promise<number>;
  /** False when there was none. */
  remove(userId: string): Promise<boolean>;
}

/** Accounts of identity providers by which users sign in. A user has one at most. */
export interface IdentityStore {
  /** The user whom this account belongs to; null when it belongs to nobody. */
  find(issuer: string, subject: string): Promise<UserRecord | null>;
  /** Takes the place of another of theirs. @throws oidc_bound when it is somebody else's */
  bind(userId: string, issuer: string, subject: string): Promise<void>;
  /** Null without one. */
  of(userId: string): Promise<{ issuer: string; subject: string } | null>;
  /** False when there was none. */
  unbind(userId: string): Promise<boolean>;
}

/** How a session was begun. */
export type SignInMethod = 'password' | 'oidc';

export interface SignInRecord {
  id: string;
  userId: string;
  createdAt: string;
  lastSeenAt: string;
  /** When it ends whatever is done with it. */
  expiresAt: string;
  /** When its present token was given out. */
  rotatedAt: string;
  userAgent: string;
  address: string;
  method: SignInMethod;
}

export interface NewSignIn {
  userId: string;
  /** SHA-256 of the token; the token itself is never stored. */
  tokenHash: Uint8Array;
  /** Milliseconds since 1970, as are all times that come in. */
  at: number;
  expiresAt: number;
  userAgent: string;
  address: string;
  method: SignInMethod;
}

/** Sessions of staff; "sign-ins" to tell them from the sessions of conversations. */
export interface SignInStore {
  create(signIn: NewSignIn): Promise<SignInRecord>;
  /** Null for an unknown, ended or outlived token, and for one of a disabled user. */
  find(
    tokenHash: Uint8Array,
    limits: { at: number; idleSeconds: number },
  ): Promise<{ signIn: SignInRecord; user: UserRecord } | null>;
  touch(id: string, at: number): Promise<void>;
  /** The token before stays good until `graceUntil`: another tab may just be using it. */
  rotate(id: string, tokenHash: Uint8Array, at: number, graceUntil: number): Promise<void>;
  list(userId: string, limits: { at: number; idleSeconds: number }): Promise<SignInRecord[]>;
  /** False when this user has none of the id. */
  end(userId: string, id: string): Promise<boolean>;
  /** How many were ended. */
  endAll(userId: string, exceptId?: string): Promise<number>;
}

export interface ApiKeyRecord {
  id: string;
  name: string;
  /** First characters of the key, to recognise it by. */
  hint: string;
  permissions: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  /** Null: as the setting says. */
  requestsPerMinute: number | null;
  lastUsedAt: string | null;
}

export interface ApiKeyStore {
  create(key: {
    name: string;
    keyHash: Uint8Array;
    hint: string;
    permissions: readonly string[];
    createdBy: string;
    expiresAt: string | null;
    requestsPerMinute: number | null;
  }): Promise<ApiKeyRecord>;
  /** Null for an unknown or expired one; notes the use. */
  use(keyHash: Uint8Array, at: number): Promise<ApiKeyRecord | null>;
  list(): Promise<ApiKeyRecord[]>;
  remove(id: string): Promise<boolean>;
}
