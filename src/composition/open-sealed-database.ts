import { join, resolve } from 'node:path';
import { createFieldCipher } from '../secrets/field-cipher.ts';
import { readKeys, type KeyConfig } from '../secrets/read-keys.ts';
import type { FieldCipher } from '../stores/cipher-contracts.ts';
import { openDatabase, type SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { requireKeys } from '../stores/sqlite/require-keys.ts';
import { useCipher } from '../stores/sqlite/sealed-fields.ts';

/**
 * The database of a data folder with the keys that its sealed values need.
 * @param requires false: also without a key of which something is left, to drop that
 * @throws encryption_key_invalid, encryption_key_missing, and as `openDatabase`
 */
export function openSealedDatabase(
  config: KeyConfig,
  { requires = true }: { requires?: boolean } = {},
): { database: SqliteDatabase; cipher: FieldCipher } {
  const database = openDatabase(join(resolve(config.data_dir), 'answerbox.sqlite'));
  try {
    // Before one is made: a new key beside what an old one sealed would hide that the old one is gone.
    const found = readKeys(config, false);
    if (requires) requireKeys(database, createFieldCipher(found), found.from);
    const cipher = createFieldCipher(found.keys.length > 0 ? found : readKeys(config, true));
    useCipher(database, cipher);
    return { database, cipher };
  } catch (error) {
    database.close();
    throw error;
  }
}
