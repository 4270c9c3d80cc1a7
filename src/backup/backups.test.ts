import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { backupInspector, holdFolder } from '../composition/open-backups.ts';
import { openBackupFolder, writeOwnFiles } from '../testing/backup-folder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { BACKUP } from './backup-format.ts';
import { restoreBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';

// Each look into a store is a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const SECRET = 'correct horse battery staple';
const reading = { inspector: backupInspector, secret: null };

function keyFile(secret = SECRET): string {
  const path = join(temporaryFolder(), 'key');
  writeFileSync(path, `${secret}\n`);
  return path;
}

/** A backup of a folder with a conversation, a remembered customer and files. */
async function smallBackup(config: { backup_key_file?: string } = {}) {
  const source = await openBackupFolder(temporaryFolder(), config);
  writeOwnFiles(source.folder);
  const conversationId = await source.conversations.createConversation({ shop: 'Test' });
  const said = { conversationId, role: 'customer' as const, answer: null };
  await source.conversations.addMessage({ id: 'm1', text: 'Are the mangosteens ripe?', ...said });
  await source.memory.customers.setConsent('customer-1', true);
  await source.memory.customers.note('customer-1', { name: 'shoe size', value: '42' });
  const path = join(temporaryFolder(), 'test.backup');
  const summary = await source.backups.save(path);
  return { ...source, path, summary, conversationId };
}

describe('a backup', () => {
  it('holds everything but what is derived, and puts it back into an empty folder', async () => {
    const { path, summary, folder, conversationId, close } = await smallBackup();
    expect(summary).toMatchObject({ encrypted: false, schema: backupInspector.newestSchema, left_out: [] });
    expect(summary.rows).toMatchObject({ conversations: 1, messages: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // Nothing is left of the work.
    expect(readdirSync(join(folder, '.backup-work'))).toEqual([]);
    await close();

    const target = temporaryFolder();
    await restoreBackup(path, target, { ...reading, replace: false });
    expect(readdirSync(target).sort()).toEqual(['answerbox.sqlite', 'files', 'memory', 'profile.json']);
    for (const name of ['profile.json', 'files/ab/one.bin', 'files/ab/two.bin', 'files/empty'])
      expect(readFileSync(join(target, name)).equals(readFileSync(join(folder, name)))).toBe(true);
    const restored = await openBackupFolder(target);
    const messages = await restored.conversations.listMessages(conversationId);
    expect(messages.map(({ text }) => text)).toEqual(['Are the mangosteens ripe?']);
    expect(await restored.memory.customers.facts('customer-1')).toMatchObject([{ value: '42' }]);
    await restored.close();
  });

  it('holds equal contents once, and names links that it leaves out', async () => {
    const source = await openBackupFolder(temporaryFolder());
    writeOwnFiles(source.folder);
    symlinkSync('/etc/hostname', join(source.folder, 'link'));
    const path = join(temporaryFolder(), 'test.backup');
    const { bytes, left_out } = await source.backups.save(path);
    expect(left_out).toEqual(['link']);
    const database = statSync(join(source.folder, 'answerbox.sqlite')).size;
    const twins = readFileSync(path).toString('latin1').split('\u0007'.repeat(200_000)).length - 1;
    expect(twins).toBe(1);
    expect(bytes).toBeGreaterThan(database);
    await source.close();
  });

  it('is one moment of a database that is written to all the while, and misses nothing acknowledged before', async () => {
    const source = await openBackupFolder(temporaryFolder());
    const conversationId = await source.conversations.createConversation({});
    let [written, stop] = [0, false];
    const write = async (): Promise<void> => {
      while (!stop) {
        const id = `m${written}`;
        const text = `line ${written} `.repeat(50);
        await source.conversations.addMessage({ id, conversationId, role: 'customer', text, answer: null });
        written += 1;
        await new Promise(setImmediate);
      }
    };
    const writing = write();
    const path = join(temporaryFolder(), 'test.backup');
    let least = 0;
    for (let round = 0; round < 3; round += 1) {
      await vi.waitFor(() => expect(written).toBeGreaterThan(least + 200), { timeout: 60_000 });
      const before = written;
      const summary = await source.backups.save(path);
      expect(summary.rows['messages']).toBeGreaterThanOrEqual(before);
      expect(summary.rows['messages']).toBeGreaterThan(least);
      least = summary.rows['messages']!;
      const target = temporaryFolder();
      await restoreBackup(path, target, { ...reading, replace: false });
      const restored = await openBackupFolder(target);
      const ids = (await restored.conversations.listMessages(conversationId)).map(({ id }) => id);
      // Without a gap: what is there is a prefix of what was written.
      expect(new Set(ids)).toEqual(new Set(Array.from({ length: ids.length }, (_, place) => `m${place}`)));
      await restored.close();
    }
    stop = true;
    await writing;
    await source.close();
  });

  it('that was killed leaves nothing once the folder is held again', async () => {
    const { folder, close } = await smallBackup();
    const copy = join(folder, '.backup-work', 'killed', 'answerbox.sqlite');
    mkdirSync(join(copy, '..'), { recursive: true });
    writeFileSync(copy, 'persons');
    await close();
    (await holdFolder(folder)).release();
    expect(existsSync(copy)).toBe(false);
  });

  it('stops when it is told to, leaves nothing behind, and keeps the file that was there', async () => {
    const { path, backups, folder, close } = await smallBackup();
    const before = readFileSync(path);
    const controller = new AbortController();
    const stopped = backups.save(path, {
      signal: controller.signal,
      onProgress: (step) => step === 'Writing' && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(folder, '.backup-work'))).toEqual([]);
    expect(readdirSync(join(path, '..'))).toEqual(['test.backup']);
    await close();
  });

  it('is not made of a database that is damaged, so that no good backup gives way to a bad one', async () => {
    const source = await openBackupFolder(temporaryFolder());
    const conversationId = await source.conversations.createConversation({});
    for (let place = 0; place < 300; place += 1) {
      const text = `padding ${place} `.repeat(60);
      await source.conversations.addMessage({
        id: `m${place}`,
        conversationId,
        role: 'customer',
        text,
        answer: null,
      });
    }
    source.database.pragma('wal_checkpoint(TRUNCATE)');
    const file = join(source.folder, 'answerbox.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.byteLength - 3 * 4096, bytes.byteLength - 4096);
    await source.close();
    writeFileSync(file, bytes);
    const damaged = await openBackupFolder(source.folder);
    const path = join(temporaryFolder(), 'test.backup');
    await expect(damaged.backups.save(path)).rejects.toMatchObject({ code: 'store_damaged' });
    expect(existsSync(path)).toBe(false);
    await damaged.close();
  });
});

describe('where a backup is unpacked to be verified', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is the data folder, whatever the folder for temporary files is', async () => {
    const { path, backups, close } = await smallBackup();
    vi.stubEnv('TMPDIR', join(path, '..', 'none'));
    const summary = await backups.save(path);
    expect(summary.rows).toMatchObject({ messages: 1 });
    await close();
    // Of a machine that never had a data folder, nothing is left but the backup.
    const elsewhere = join(path, '..', 'data');
    expect((await verifyBackup(path, elsewhere, reading)).rows).toEqual(summary.rows);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('has room for all of it, or nothing is unpacked', async () => {
    const { path, close } = await smallBackup();
    await close();
    const bytes = 2 ** 50;
    const large = join(path, '..', 'large.backup');
    const changed = rewrite(readFileSync(path), (text) => text.replace(/"bytes":\d+/g, `"bytes":${bytes}`));
    writeFileSync(large, changed);
    const work = temporaryFolder();
    await expect(verifyBackup(large, work, reading)).rejects.toMatchObject({ code: 'storage_full' });
    expect(readdirSync(join(work, '.backup-work'))).toEqual([]);
  });

  it('is swept when the folder is next held, after a kill in the middle', async () => {
    const { path, folder, close } = await smallBackup();
    await close();
    const [script, temporary] = [join(temporaryFolder(), 'verify.cjs'), temporaryFolder()];
    await build({
      stdin: { contents: VERIFY_UNTIL_KILLED, resolveDir: import.meta.dirname, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
    });
    const child = spawn(process.execPath, [script, path, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporary },
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readdirSync(temporary)).toEqual([]);
    const left = readdirSync(join(folder, '.backup-work'));
    expect(left).toHaveLength(1);
    expect(readdirSync(join(folder, '.backup-work', left[0]!))).toContain('answerbox.sqlite');
    (await holdFolder(folder)).release();
    expect(existsSync(join(folder, '.backup-work'))).toBe(false);
  });
});

/** Unpacks all of it, says so, and waits there. */
const VERIFY_UNTIL_KILLED = `
  import { verifyBackup } from './verify-backup.ts';
  const wait = () => new Promise(() => setInterval(() => process.stdout.write('unpacked'), 50));
  const inspector = { newestSchema: 1e9, examineDatabase: wait, examineMemory: wait };
  void verifyBackup(process.argv[2], process.argv[3], { inspector, secret: null });
`;

describe('a backup that is read', () => {
  it('is refused for any flipped bit and any length but its own', async () => {
    const { path, close } = await smallBackup();
    await close();
    const whole = readFileSync(path);
    const damaged = join(temporaryFolder(), 'damaged.backup');
    const work = temporaryFolder();
    const refuse = async (bytes: Buffer): Promise<void> => {
      writeFileSync(damaged, bytes);
      await expect(verifyBackup(damaged, work, reading)).rejects.toMatchObject({ code: 'backup_damaged' });
    };
    let seed = 1;
    for (let round = 0; round < 100; round += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const bytes = Buffer.from(whole);
      const place = seed % bytes.byteLength;
      bytes[place]! ^= 1 << (seed % 8);
      await refuse(bytes);
    }
    for (const length of [0, 10, 40, whole.byteLength - 1, whole.byteLength >> 1])
      await refuse(whole.subarray(0, length));
    await refuse(Buffer.concat([whole, Buffer.from('x')]));
    expect((await verifyBackup(path, work, reading)).bytes).toBe(whole.byteLength);
  });

  it('is refused when its checksums fit and what it says does not', async () => {
    const { path, close } = await smallBackup();
    await close();
    const whole = readFileSync(path);
    const changed = join(temporaryFolder(), 'changed.backup');
    const target = temporaryFolder();
    const read = (from: string | RegExp, to: string) => {
      writeFileSync(
        changed,
        rewrite(whole, (text) => text.replace(from, to)),
      );
      return restoreBackup(changed, target, { ...reading, replace: true });
    };
    const code = (name: string) => ({ code: name });
    for (const name of ['../evil.json', '/etc/evil', 'a/../../b', 'lock.sqlite', '.restore/x', 'a\\\\b'])
      await expect(read('"profile.json"', `"${name}"`)).rejects.toMatchObject(code('backup_damaged'));
    await expect(read('"files/ab/one.bin"', '"files/empty"')).rejects.toMatchObject(code('backup_damaged'));
    await expect(read(/"schema":\d+/, '"schema":9999')).rejects.toMatchObject(code('backup_newer'));
    await expect(read(/"schema":\d+/, '"schema":3')).rejects.toMatchObject(code('backup_damaged'));
    await expect(read('"messages":1', '"messages":2')).rejects.toMatchObject(code('backup_damaged'));
    await expect(read('"kind":"database"', '"kind":"file"')).rejects.toMatchObject(code('backup_damaged'));
    const newer = `${BACKUP.magic} ${BACKUP.format + 1}\n`;
    writeFileSync(changed, sealed(Buffer.concat([Buffer.from(newer), whole.subarray(newer.length, -32)])));
    await expect(verifyBackup(changed, temporaryFolder(), reading)).rejects.toMatchObject(
      code('backup_newer'),
    );
    writeFileSync(changed, sealed(Buffer.from('%PDF-1.7 is another kind of file altogether\n'.repeat(9))));
    await expect(verifyBackup(changed, temporaryFolder(), reading)).rejects.toMatchObject(
      code('backup_damaged'),
    );
    expect(readdirSync(target)).toEqual([]);
  });
});

describe('an encrypted backup', () => {
  it('opens with its key alone, and shows nothing without', async () => {
    const { path, summary, close } = await smallBackup({ backup_key_file: keyFile() });
    await close();
    expect(summary.encrypted).toBe(true);
    const bytes = readFileSync(path);
    for (const text of ['mangosteens', 'profile.json', 'SQLite format'])
      expect(bytes.includes(text)).toBe(false);
    const target = temporaryFolder();
    const open = (secret: string | null) =>
      restoreBackup(path, target, { inspector: backupInspector, secret, replace: false });
    await expect(open(null)).rejects.toMatchObject({ code: 'backup_key_needed' });
    await expect(open('another key altogether')).rejects.toMatchObject({ code: 'backup_key_wrong' });
    expect(readdirSync(target)).toEqual([]);
    expect(await open(SECRET)).toMatchObject({ rows: { messages: 1 } });
  });

  it('gives out nothing that was exchanged, cut off or put under another header', async () => {
    const { path, close } = await smallBackup({ backup_key_file: keyFile() });
    await close();
    const whole = readFileSync(path).subarray(0, -32);
    const start = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1;
    const chunk = 4 + BACKUP.chunkBytes + 16;
    const at = (place: number): Buffer => whole.subarray(start + place * chunk, start + (place + 1) * chunk);
    const head = whole.subarray(0, start);
    const rest = (from: number): Buffer => whole.subarray(start + from * chunk);
    const forged = join(temporaryFolder(), 'forged.backup');
    const read = (bytes: Buffer) => {
      writeFileSync(forged, sealed(bytes));
      return verifyBackup(forged, temporaryFolder(), { inspector: backupInspector, secret: SECRET });
    };
    await expect(read(Buffer.concat([head, at(0), at(2), at(1), rest(3)]))).rejects.toMatchObject({
      code: 'backup_damaged',
    });
    await expect(read(Buffer.concat([head, at(0), at(1)]))).rejects.toMatchObject({ code: 'backup_damaged' });
    const renamed = Buffer.from(head.toString().replace('"1.2.3"', '"1.2.4"'));
    await expect(read(Buffer.concat([renamed, rest(0)]))).rejects.toMatchObject({ code: 'backup_key_wrong' });
    expect((await read(whole)).encrypted).toBe(true);
  });

  it("is asked for where there is a key: one without encryption is somebody else's until its owner says so", async () => {
    const { path, close } = await smallBackup();
    await close();
    const [target, keyed] = [temporaryFolder(), { inspector: backupInspector, secret: SECRET }];
    const refused = { code: 'backup_not_encrypted' };
    await expect(verifyBackup(path, target, keyed)).rejects.toMatchObject(refused);
    const restored = restoreBackup(path, target, { ...keyed, replace: false });
    await expect(restored).rejects.toMatchObject(refused);
    expect(existsSync(join(target, 'answerbox.sqlite'))).toBe(false);
    const allowed = { ...keyed, allowUnencrypted: true, replace: false };
    expect(await restoreBackup(path, target, allowed)).toMatchObject({ encrypted: false });
  });

  it('is not made with a key that is none', async () => {
    const source = await openBackupFolder(temporaryFolder(), { backup_key_file: keyFile('short') });
    const path = join(temporaryFolder(), 'test.backup');
    await expect(source.backups.save(path)).rejects.toMatchObject({ code: 'backup_key_invalid' });
    await source.close();
  });
});

/** Under a checksum of its own. */
function sealed(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]);
}

/** The manifest of a backup that is not encrypted, changed, under checksums that fit. */
function rewrite(whole: Buffer, change: (manifest: string) => string): Buffer {
  const start = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1;
  const length = whole.readUInt32BE(start);
  const manifest = Buffer.from(change(whole.subarray(start + 4, start + 4 + length).toString()));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(manifest.byteLength);
  const rest = whole.subarray(start + 4 + length, -32);
  return sealed(Buffer.concat([whole.subarray(0, start), size, manifest, rest]));
}
