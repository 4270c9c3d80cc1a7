import { createAuditTrail, type AuditTrail } from '../audit/audit-trail.ts';
import { createPseudonyms, type Pseudonyms } from '../audit/pseudonyms.ts';
import { createOidcProvider } from '../auth/oidc-provider.ts';
import type { OidcSettings } from '../auth/oidc-settings.ts';
import { createOidcSignIn, type OidcSignIn } from '../auth/oidc-sign-in.ts';
import type { Principal } from '../auth/principal.ts';
import { createSignIn, type SignIn } from '../auth/sign-in.ts';
import { createAddressGuard } from '../ingest/crawl/address-guard.ts';
import type { AuditEntry, AuditStore, SettingStore } from '../stores/contracts.ts';
import { createSqliteApiKeyStore } from '../stores/sqlite/api-key-store.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import { createSqliteIdentityStore } from '../stores/sqlite/identity-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteProofAttempts } from '../stores/sqlite/proof-attempts-store.ts';
import { createSqliteRoleStore } from '../stores/sqlite/role-store.ts';
import { createSqliteSecondFactorStore } from '../stores/sqlite/second-factor-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { createSqliteSignInStore } from '../stores/sqlite/sign-in-store.ts';
import { createSqliteUserStore } from '../stores/sqlite/user-store.ts';
import type {
  ApiKeyStore,
  IdentityStore,
  RoleStore,
  SignInStore,
  UserStore,
} from '../stores/staff-contracts.ts';

/** People who work here, and how they get in. */
export interface Staff {
  readonly users: UserStore;
  readonly signIns: SignInStore;
  readonly apiKeys: ApiKeyStore;
  readonly roles: RoleStore;
  readonly signIn: SignIn;
  readonly identities: IdentityStore;
  /** Null when no identity provider is set up. */
  readonly oidc: OidcSignIn | null;
  readonly auditStore: AuditStore;
  readonly trail: AuditTrail;
  readonly pseudonyms: Pseudonyms;
  /** A line that tells who did what, for what comes over no route; on the disk when it resolves. */
  readonly audit: (by: Principal, action: string, detail: AuditEntry['detail']) => Promise<void>;
}

export interface StaffOptions {
  audit?: AuditStore;
  log?: (level: 'warn', message: string) => void;
  requireSecondFactor?: boolean;
  /** The identity provider that staff may sign in with. */
  oidc?: OidcSettings | null;
}

/** The part of the composition that needs no models: the app and the command line share it. */
export function openStaff(
  database: SqliteDatabase,
  settings: SettingStore = createSqliteSettingStore(database),
  {
    audit: auditStore = createSqliteAuditStore(database),
    log,
    requireSecondFactor = false,
    oidc = null,
  }: StaffOptions = {},
): Staff {
  const trail = createAuditTrail({ store: auditStore, ...(log && { log }) });
  const pseudonyms = createPseudonyms(settings);
  const users = createSqliteUserStore(database);
  const signIns = createSqliteSignInStore(database);
  const identities = createSqliteIdentityStore(database);
  const attempts = createSqliteProofAttempts(database);
  const signIn = createSignIn({
    users,
    signIns,
    settings,
    attempts,
    secondFactors: createSqliteSecondFactorStore(database),
    requireSecondFactor,
    trustsProvider: oidc?.vouchesForSecondFactor ?? false,
  });
  return {
    users,
    signIns,
    apiKeys: createSqliteApiKeyStore(database),
    roles: createSqliteRoleStore(database),
    signIn,
    identities,
    oidc: oidc && openOidc(oidc, { identities, users, signIns, signIn, attempts }),
    auditStore,
    trail,
    pseudonyms,
    audit: async (by, action, detail) => {
      const actor = by.kind === 'user' ? `person ${await pseudonyms.of(by.id)}` : `${by.kind} ${by.id}`;
      await trail.write({ actor, action, outcome: 'done', code: null, detail });
    },
  };
}

/** Private addresses may be asked only where the provider itself is. */
function openOidc(
  settings: OidcSettings,
  tools: Omit<Parameters<typeof createOidcSignIn>[0], 'settings' | 'provider'>,
): OidcSignIn {
  const { hostname, port, protocol } = settings.issuer;
  const own = `${hostname.replace(/^\[|\]$/g, '')}:${port || (protocol === 'https:' ? 443 : 80)}`;
  const guard = createAddressGuard({ allowedHosts: new Set([own]) });
  return createOidcSignIn({ ...tools, settings, provider: createOidcProvider(settings, guard) });
}
