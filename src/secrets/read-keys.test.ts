import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { carryKey, OWN_KEY_FILE, readKeys } from './read-keys.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const config = (
  values: { data_dir?: string; encryption_key?: string; encryption_key_file?: string } = {},
) => ({
  data_dir: temporaryFolder(),
  encryption_key: '',
  encryption_key_file: '',
  ...values,
});
const fileOf = (text: string, folder = temporaryFolder()): string => {
  const path = join(folder, 'key');
  writeFileSync(path, text);
  return path;
};

describe('the keys', () => {
  it('are made beside the data when there is none, once, for its owner alone', () => {
    const given = config();
    expect(readKeys(given, false)).toMatchObject({ keys: [], isOwners: false });
    expect(existsSync(join(given.data_dir, OWN_KEY_FILE))).toBe(false);
    const [key] = readKeys(given, true).keys;
    expect(key).toHaveLength(32);
    expect(statSync(join(given.data_dir, OWN_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(readKeys(given, true).keys[0]!.equals(key!)).toBe(true);
  });

  it('are those of the owner first, then that one', () => {
    const given = config();
    const [own] = readKeys(given, true).keys;
    const [one, two, three] = [newKey(), newKey(), randomBytes(32).toString('hex')];
    const encryption_key_file = fileOf(`# newest first\n${two}\n\n ${three} \n`);
    const { keys, isOwners } = readKeys({ ...given, encryption_key: one, encryption_key_file }, true);
    expect(isOwners).toBe(true);
    const expected = [
      Buffer.from(one, 'base64'),
      Buffer.from(two, 'base64'),
      Buffer.from(three, 'hex'),
      own!,
    ];
    expect(keys.map((key) => key.toString('hex'))).toEqual(expected.map((key) => key.toString('hex')));
  });

  it.each(['', 'correct horse battery staple', 'c2hvcnQ=', `${newKey()}x`, '# none\n'])(
    'are refused when they are no 32 random bytes: %j',
    (text) => {
      expect(() => readKeys(config({ encryption_key_file: fileOf(text) }), true)).toThrow(
        expect.objectContaining({
          code: 'encryption_key_invalid',
          message: expect.stringContaining('openssl rand -base64 32') as string,
        }),
      );
    },
  );

  it('are refused where they are gone, or lie with what they protect', () => {
    expect(() => readKeys(config({ encryption_key_file: '/no/such/key' }), true)).toThrow(/no such file/);
    const given = config();
    mkdirSync(join(given.data_dir, 'keys'));
    const inside = fileOf(newKey(), join(given.data_dir, 'keys'));
    expect(() => readKeys({ ...given, encryption_key_file: inside }, true)).toThrow(
      /lies in the data folder/,
    );
  });

  it('go along when a backup without them is put back where it was made', async () => {
    const [from, into] = [temporaryFolder(), temporaryFolder()];
    await carryKey(from, into);
    expect(existsSync(join(into, OWN_KEY_FILE))).toBe(false);
    const [old] = readKeys(config({ data_dir: from }), true).keys;
    const [fresh] = readKeys(config({ data_dir: into }), true).keys;
    await carryKey(from, into);
    await carryKey(from, into);
    expect(readKeys(config({ data_dir: into }), true).keys).toEqual([fresh, old]);
    expect(statSync(join(into, OWN_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(into, OWN_KEY_FILE), 'utf8').trim().split('\n')).toHaveLength(2);
  });
});
