import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it, vi } from 'vitest';
import { openSealedDatabase } from '../composition/open-sealed-database.ts';
import { backupInspector, backupStoresOf } from '../composition/open-backups.ts';
import { createBackups } from '../backup/backups.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import type { Config } from '../config.ts';
import { createSqliteAttachmentStore } from '../stores/sqlite/attachment-store.ts';
import { createSqliteTraceStore } from '../stores/sqlite/trace-store.ts';
import { dropUnreadable } from '../stores/sqlite/drop-unreadable.ts';
import { countByKey } from '../stores/sqlite/require-keys.ts';
import { rotateKeys, sealPlainSecrets } from '../stores/sqlite/rotate-keys.ts';
import { filesHolding } from '../testing/folder-bytes.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { testConfig } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { OWN_KEY_FILE } from './read-keys.ts';

// Real argon2id, and processes of their own.
vi.setConfig({ testTimeout: 240_000 });

const keyFile = (...keys: string[]): string => {
  const path = join(temporaryFolder(), 'keys');
  writeFileSync(path, keys.map((key) => `${key}\n`).join(''));
  return path;
};
const newKey = (): string => randomBytes(32).toString('base64');
/** A port on which nobody listens. */
const HOOKS = { webhook_hosts: '127.0.0.1:9' };
const CONTENT = 'the planted content of a customer';

interface Planted {
  secret: string;
  hook: string;
  conversation: string;
  attachment: string;
}

/** A second factor, a webhook, a file and a trace: all that is ever sealed. */
async function plant(server: DeskServer): Promise<Planted> {
  const { app, http, adminKey: key, database } = server;
  const { id } = await server.signIn('agent');
  const user = (await app.staff.users.getUser(id))!;
  const { secret } = await app.staff.signIn.secondFactors.begin(user);
  await app.staff.signIn.secondFactors.confirm(user, codeOf(secret));
  const body = { url: 'https://127.0.0.1:9/hook', events: ['message-add'] };
  const hook = (await http.call('POST', '/api/v1/webhooks', { key, body })).body.secret as string;
  expect(hook).toMatch(/^whsec_/);
  const conversation = await app.conversations.createConversation({});
  await app.conversations.addMessage({
    id: 'answer',
    conversationId: conversation,
    role: 'assistant',
    text: 'Hello',
    answer: null,
  });
  const traces = createSqliteTraceStore(database);
  traces.put('answer', JSON.stringify({ question: CONTENT }));
  await traces.flush();
  const attachment = await addFile(server, conversation, CONTENT);
  return { secret, hook, conversation, attachment };
}

const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

async function addFile({ app }: DeskServer, conversationId: string, text: string): Promise<string> {
  const added = await app.desk.attachments.add(
    {
      conversationId,
      name: 'note.txt',
      mediaType: 'text/plain',
      content: Buffer.from(text),
      from: 'customer',
      author: { id: '', name: '' },
    },
    10_000,
  );
  return added!.id;
}

/** Whether all of it can still be used. */
async function expectReadable(config: Config, planted: Planted): Promise<void> {
  const { database } = openSealedDatabase(config);
  try {
    const file = await createSqliteAttachmentStore(database).read(planted.conversation, planted.attachment);
    expect(Buffer.from(file!.content).toString()).toBe(CONTENT);
    expect((await createSqliteTraceStore(database).get('answer'))!.trace).toContain(CONTENT);
  } finally {
    database.close();
  }
  const server = await startDeskServer({ folder: config.data_dir, config });
  const [hook] = await server.app.desk.outbox.listWebhooks();
  expect(hook!.secret).toBe(planted.hook);
  const users = await server.app.staff.users.listUsers();
  const user = users.find(({ secondFactor }) => secondFactor)!;
  // The period of the code that confirmed it is used up: only the secret itself is compared.
  server.database.prepare('UPDATE second_factors SET last_step = 0').run();
  expect(await server.app.staff.signIn.secondFactors.isRight(user, codeOf(planted.secret))).toBe(true);
  await server.close();
}

describe('without a key of the owner', () => {
  it('secrets lie sealed by a key beside the data, and contents as they are', async () => {
    const server = await startDeskServer({ config: HOOKS });
    const planted = await plant(server);
    const { folder } = server;
    await server.close();
    expect(filesHolding(folder, planted.secret)).toEqual([]);
    expect(filesHolding(folder, planted.hook)).toEqual([]);
    expect(filesHolding(folder, CONTENT)).toContain('answerbox.sqlite');
    await expectReadable(testConfig(folder), planted);

    // Gone, it is missed at the next start, and none is made in its place.
    rmSync(join(folder, OWN_KEY_FILE));
    await expect(startDeskServer({ folder })).rejects.toMatchObject({ code: 'encryption_key_missing' });
    expect(existsSync(join(folder, OWN_KEY_FILE))).toBe(false);
    const { database, cipher } = openSealedDatabase(testConfig(folder), { requires: false });
    expect(dropUnreadable(database, cipher, () => 'another secret')).toEqual({
      'second_factors.secret': 1,
      'webhooks.secret': 1,
      'attachments.content': 0,
      'traces.trace': 0,
    });
    database.close();
    const again = await startDeskServer({ folder });
    expect(await again.app.desk.outbox.listWebhooks()).toMatchObject([
      { secret: 'another secret', disabled: true },
    ]);
    expect((await again.app.staff.users.listUsers()).map(({ secondFactor }) => secondFactor)).toEqual([
      false,
    ]);
  });

  it('what an earlier program stored in the open is sealed at the start', async () => {
    const server = await startDeskServer({ config: HOOKS });
    const planted = await plant(server);
    const { folder, database } = server;
    database.prepare('UPDATE second_factors SET secret = ?').run(planted.secret);
    database.prepare('UPDATE webhooks SET secret = ?').run(planted.hook);
    database.prepare('DELETE FROM encryption_keys').run();
    expect(sealPlainSecrets(database)).toBe(2);
    expect(sealPlainSecrets(database)).toBe(0);
    await server.close();
    expect(filesHolding(folder, planted.secret)).toEqual([]);
    await expectReadable(testConfig(folder), planted);
  });

  it('plain backups leave the key out, encrypted ones hold it', async () => {
    const server = await startDeskServer({ config: HOOKS });
    const planted = await plant(server);
    const backup = async (more: Partial<Config> = {}) => {
      const path = join(temporaryFolder(), 'test.backup');
      const backups = createBackups({
        config: testConfig(server.folder, more),
        stores: backupStoresOf(server.database, server.app.memory),
        inspector: backupInspector,
        program: '1',
        secretsKey: OWN_KEY_FILE,
        log: () => undefined,
      });
      const summary = await backups.save(path);
      const target = temporaryFolder();
      const secret = more.backup_key_file === undefined ? null : 'a key of twenty characters';
      await restoreBackup(path, target, { inspector: backupInspector, secret, replace: false });
      return { target, leftOut: summary.left_out };
    };
    const plain = await backup();
    expect(plain.leftOut).toEqual([OWN_KEY_FILE]);
    await expect(startDeskServer({ folder: plain.target })).rejects.toMatchObject({
      code: 'encryption_key_missing',
    });
    const asked = await backup({ backup_secrets_key: true });
    await expectReadable(testConfig(asked.target), planted);
    const backup_key_file = keyFile('a key of twenty characters');
    const sealed = await backup({ backup_key_file });
    expect(sealed.leftOut).toEqual([]);
    await expectReadable(testConfig(sealed.target), planted);
  });
});

describe('with a key of the owner', () => {
  it('nothing of what is sealed can be read in any file, and another key opens nothing', async () => {
    const encryption_key_file = keyFile(newKey());
    const server = await startDeskServer({ config: { ...HOOKS, encryption_key_file } });
    const planted = await plant(server);
    const { folder } = server;
    const config = testConfig(folder, { encryption_key_file });
    const exported = await server.app.conversations.listMessages(planted.conversation);
    expect(exported).toHaveLength(1);
    await server.close();
    for (const text of [planted.secret, planted.hook, CONTENT])
      expect(filesHolding(folder, text)).toEqual([]);
    expect(existsSync(join(folder, OWN_KEY_FILE))).toBe(false);
    await expectReadable(config, planted);

    for (const wrong of [{ encryption_key_file: keyFile(newKey()) }, { encryption_key: newKey() }, {}])
      await expect(startDeskServer({ folder, config: wrong })).rejects.toMatchObject({
        code: 'encryption_key_missing',
      });
    // Nothing was changed by trying.
    await expectReadable(config, planted);
  });

  it('a value that was moved to another row is not taken for its own', async () => {
    const encryption_key_file = keyFile(newKey());
    const server = await startDeskServer({ config: { ...HOOKS, encryption_key_file } });
    const { conversation, attachment } = await plant(server);
    const other = await addFile(server, conversation, 'another');
    server.database
      .prepare('UPDATE attachments SET content = (SELECT content FROM attachments WHERE id = ?) WHERE id = ?')
      .run(attachment, other);
    await expect(server.app.desk.attachments.read(conversation, other)).rejects.toMatchObject({
      code: 'sealed_value_damaged',
    });
  });
});

describe('changing a key', () => {
  it('seals everything anew, also after a kill in the middle', async () => {
    const [old, fresh] = [newKey(), newKey()];
    const first = await startDeskServer({ config: HOOKS });
    const planted = await plant(first);
    const { folder } = first;
    for (let place = 0; place < 700; place += 1) await addFile(first, planted.conversation, `file ${place}`);
    await first.close();

    // From the key beside the data to the owner's: contents are sealed from now on as well.
    const toOld = openSealedDatabase(testConfig(folder, { encryption_key_file: keyFile(old) }));
    expect(await rotateKeys(toOld.database, toOld.cipher)).toEqual({ resealed: 704, unreadable: 0 });
    toOld.database.close();
    expect(filesHolding(folder, CONTENT)).toEqual([]);

    const ring = keyFile(fresh, old);
    // One slice for each of the two secrets, two of the four of the files.
    await killAtSlice(4, folder, ring);
    const both = testConfig(folder, { encryption_key_file: ring });
    const { database, cipher } = openSealedDatabase(both);
    const halfway = countByKey(database);
    expect(Object.keys(halfway['attachments.content'])).toHaveLength(2);
    // The new key alone is not enough yet.
    const alone = testConfig(folder, { encryption_key_file: keyFile(fresh) });
    expect(() => openSealedDatabase(alone)).toThrow(
      expect.objectContaining({ code: 'encryption_key_missing' }),
    );
    const rest = await rotateKeys(database, cipher);
    expect(rest.unreadable).toBe(0);
    expect(rest.resealed).toBeGreaterThan(0);
    expect(rest.resealed).toBeLessThan(704);
    expect(await rotateKeys(database, cipher)).toEqual({ resealed: 0, unreadable: 0 });
    for (const counts of Object.values(countByKey(database)))
      expect(Object.keys(counts)).toEqual([cipher.current]);
    database.close();
    await expectReadable(alone, planted);
  });
});

const ROTATOR = `
  import { openSealedDatabase } from '../composition/open-sealed-database.ts';
  import { rotateKeys } from '../stores/sqlite/rotate-keys.ts';
  const [, , data_dir, encryption_key_file, most] = process.argv;
  const { database, cipher } = openSealedDatabase({ data_dir, encryption_key_file, encryption_key: '' });
  let slices = 0;
  const onSlice = () => {
    slices += 1;
    if (slices === Number(most)) process.kill(process.pid, 'SIGKILL');
  };
  void rotateKeys(database, cipher, { onSlice });
`;

/** A process of its own that is killed when so many slices were on the disk. */
async function killAtSlice(slices: number, folder: string, ring: string): Promise<void> {
  const script = join(temporaryFolder(), 'rotate.cjs');
  await build({
    stdin: { contents: ROTATOR, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3', 'fastest-levenshtein', '@sinclair/typebox'],
    outfile: script,
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  const child = spawn(process.execPath, [script, folder, ring, String(slices)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_PATH: join(import.meta.dirname, '../../node_modules') },
  });
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}
