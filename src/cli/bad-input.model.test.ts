import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/http-client.ts';
import { runCli, startCli, type CliResult } from '../testing/run-cli.ts';
import { readStoreContent } from '../testing/store-content.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

let dataDir: string;
let documents: string;
beforeEach(() => {
  const folder = temporaryFolder();
  [dataDir, documents] = [join(folder, 'data'), join(folder, 'documents')];
  mkdirSync(documents);
  write('fact.md', '# Lockers\n\nThe lockers in the shop are emptied every night at half past eleven.\n');
});
const write = (name: string, content: string | Buffer): void => writeFileSync(join(documents, name), content);
const run = (...args: string[]): Promise<CliResult> => runCli(args, { dataDir });

describe('answerbox ingest', () => {
  it('reads what can be read, says of each other file why not, and ends with 3', async () => {
    write('binary.md', Buffer.from('7f454c460201010000000000', 'hex'));
    write('broken.txt', Buffer.from([0xff, 0xfe, 0x41]));
    write('controls.txt', Buffer.from(Array.from({ length: 200 }, (_, place) => place % 9)));
    write('empty.md', '');
    write('left-out.xyz', 'not a document by its name');
    execFileSync('mkfifo', [join(documents, 'pipe.md')]);
    // In the list of the folder, and gone when it is opened.
    symlinkSync(join(documents, 'was-here-a-moment-ago.md'), join(documents, 'vanished.md'));
    const { code, stdout } = await run('ingest', documents, '--json');
    const { files, ...totals } = JSON.parse(stdout);
    expect(totals).toEqual({ added: 1, changed: 0, unchanged: 0, failed: 6 });
    expect(code).toBe(3);
    const codes = Object.fromEntries(
      files.map((file: { source: string; code?: string }) => [
        file.source.slice(documents.length + 1),
        file.code ?? 'read',
      ]),
    );
    expect(codes).toEqual({
      'binary.md': 'document_binary',
      'broken.txt': 'document_encoding',
      'controls.txt': 'document_binary',
      'empty.md': 'document_empty',
      'fact.md': 'read',
      'pipe.md': 'source_unreadable',
      'vanished.md': 'source_vanished',
    });
    for (const { message } of files) if (message) expect(message).toContain(documents);
    const before = readStoreContent(dataDir);
    const again = await run('ingest', documents, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, changed: 0, unchanged: 1, failed: 6 });
    expect(readStoreContent(dataDir)).toEqual(before);
    const ask = await run('ask', 'When are the lockers emptied?', '--mode', 'extractive', '--json');
    expect(JSON.parse(ask.stdout).answer).toContain('half past eleven');
  });

  it('says which folder it may not read, and reads the others', async () => {
    const closed = join(documents, 'closed');
    mkdirSync(closed);
    write('closed/secret.md', '# Secret\n\nNobody may read this.\n');
    mkdirSync(dataDir);
    chmodSync(closed, 0o000);
    // Permissions do not bind root, so the command runs as somebody else then.
    const isRoot = process.getuid?.() === 0;
    const prefix = isRoot ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];
    if (isRoot) for (const folder of [dataDir, join(dataDir, '..')]) chownSync(folder, 65534, 65534);
    const { code, stdout } = await runCli(['ingest', documents, '--json'], { dataDir, prefix });
    chmodSync(closed, 0o700);
    const { files } = JSON.parse(stdout);
    expect(files).toContainEqual(
      expect.objectContaining({
        source: closed,
        status: 'failed',
        code: 'source_unreadable',
        message: expect.stringContaining('permission denied'),
      }),
    );
    expect(files).toContainEqual(
      expect.objectContaining({ source: join(documents, 'fact.md'), status: 'added' }),
    );
    expect(code).toBe(3);
  });
});

const QUESTIONS: [string, string | Buffer, RegExp][] = [
  ['nothing', '', /The question is empty/],
  ['control characters', '\u0001\u0002\u0003', /no readable text/],
  ['binary', Buffer.from('ffffffffff00fe', 'hex'), /no readable text/],
  ['a megabyte', 'word '.repeat(210_000), /Shorten it|Send less/],
];

describe('two at once', () => {
  it('gives the folder to the first command and sends the second away with 11, naming the first', async () => {
    for (let place = 0; place < 60; place++)
      write(
        `page-${place}.md`,
        `# Page ${place}\n\n${`Sentence ${place} about ropes and knots. `.repeat(40)}\n`,
      );
    const first = startCli(['ingest', documents, '--json'], { dataDir });
    let output = '';
    first.stdout.on('data', (text: Buffer) => (output += text.toString()));
    const done = new Promise((resolve) => first.once('close', resolve));
    const lock = join(dataDir, 'lock.pid');
    await waitFor(
      'the first to hold the folder',
      async () => existsSync(lock) && readFileSync(lock, 'utf8') === String(first.pid),
    );
    const second = await run('ingest', documents);
    expect(second).toMatchObject({ code: 11, stdout: '' });
    expect(second.stderr).toContain(`pid ${first.pid}`);
    expect(second.stderr).toContain('ANSWERBOX_DATA_DIR');
    expect(await done).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ added: 61, failed: 0 });
  });

  it('lets commands work through a running server, bad input included, and sends a second server away', async () => {
    const server = await startTestServer({ dataDir, config: { demo: false } });
    try {
      const ingest = await run('ingest', documents, '--json');
      expect(JSON.parse(ingest.stdout)).toMatchObject({ added: 1, failed: 0 });
      expect((await server.app.knowledge.counts()).documents).toBe(1);
      const search = await run('search', 'lockers', '--json');
      expect(JSON.parse(search.stdout).results[0].title).toBe('Lockers');
      const ask = await run('ask', 'When are the lockers emptied?', '--json', '--mode', 'extractive');
      expect(JSON.parse(ask.stdout).answer).toContain('half past eleven');
      expect(
        await server.app.conversations.listMessages(JSON.parse(ask.stdout).conversation_id),
      ).toHaveLength(2);
      for (const [name, input, words] of QUESTIONS) {
        const { code, stdout, stderr } = await runCli(['ask', '--json'], { dataDir, input });
        expect({ code, stdout }, name).toEqual({ code: 2, stdout: '' });
        expect(stderr, name).toMatch(words);
        expect(stderr, name).not.toMatch(/\n\s+at /);
      }
      const missing = await run('ingest', join(documents, 'nothing'), '--json');
      expect(missing.code).toBe(1);
      expect(JSON.parse(missing.stdout).files).toEqual([
        expect.objectContaining({ code: 'source_unreadable' }),
      ]);
      const second = await run('serve');
      expect(second.code).toBe(11);
      expect(second.stderr).toContain(`pid ${process.pid}`);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
