import type { Principal } from '../auth/principal.ts';
import { createSignIn, type SignIn } from '../auth/sign-in.ts';
import type { AuditEntry, AuditStore, SettingStore } from '../stores/contracts.ts';
import { createSqliteApiKeyStore } from '../stores/sqlite/api-key-store.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteProofAttempts } from '../stores/sqlite/proof-attempts-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { createSqliteSignInStore } from '../stores/sqlite/sign-in-store.ts';
import { createSqliteUserStore } from '../stores/sqlite/user-store.ts';
import type { ApiKeyStore, SignInStore, UserStore } from '../stores/staff-contracts.ts';

/** People who work here, and how they get in. */
export interface Staff {
  readonly users: UserStore;
  readonly signIns: SignInStore;
  readonly apiKeys: ApiKeyStore;
  readonly signIn: SignIn;
  /** A line that tells who did what; on the disk when it resolves. */
  readonly audit: (by: Principal, action: string, detail: AuditEntry['detail']) => Promise<void>;
}

/** The part of the composition that needs no models: the app and the command line share it. */
export function openStaff(
  database: SqliteDatabase,
  settings: SettingStore = createSqliteSettingStore(database),
  audit: AuditStore = createSqliteAuditStore(database),
): Staff {
  const users = createSqliteUserStore(database);
  const signIns = createSqliteSignInStore(database);
  return {
    users,
    signIns,
    apiKeys: createSqliteApiKeyStore(database),
    signIn: createSignIn({ users, signIns, settings, attempts: createSqliteProofAttempts(database) }),
    audit: async (by, action, detail) => {
      await audit.append({ actor: `${by.kind} ${by.id}`, action, outcome: 'done', code: null, detail });
    },
  };
}
