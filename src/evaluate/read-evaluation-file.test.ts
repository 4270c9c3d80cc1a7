import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENT_LINE } from './evaluation-types.ts';
import { readDocuments } from './read-documents.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';
import { readQuestions } from './read-questions.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluation-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const LINES =
  '{"doc_id":"a","title":"Ä","text":"One."}\n\n{"doc_id":"b","title":"B","text":"Two.","extra":1}\n';
/** The same lines, made by `xz -9`. */
const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4ABdAEFdAD2IiIczn79CtU/+M5C85pzBsOOhjSrD1OuGK986kA33/zvAD4r7TSvsnLS5xM4D' +
    'kvrjaTk6c/aY1//DztwNIfWgAAAAAOXMs3ZF3eNdAAFdXsHqQKMftvN9AQAAAAAEWVo=',
  'base64',
);

describe('readEvaluationFile', () => {
  it('reads plain, gzip and xz lines with their numbers, empty lines passed over', async () => {
    const plain = write('d.jsonl', `\ufeff${LINES}`);
    for (const path of [plain, write('d.jsonl.gz', gzipSync(LINES)), write('d.jsonl.xz', XZ)]) {
      const lines = await all(readEvaluationFile(path, DOCUMENT_LINE));
      expect(lines.map(({ line, content }) => [line, content.doc_id, content.title])).toEqual([
        [1, 'a', 'Ä'],
        [3, 'b', 'B'],
      ]);
    }
  });

  it('says where a line is wrong and why', async () => {
    const bad = write('bad.jsonl', '{"doc_id":"a","text":"x"}\n{"doc_id":7,"text":"x"}\n');
    await expect(all(readEvaluationFile(bad, DOCUMENT_LINE))).rejects.toMatchObject({
      code: 'evaluation_file_invalid',
      message: `${bad} line 2: "doc_id": expected string.`,
    });
    const torn = write('torn.jsonl', '{"doc_id":"a"');
    await expect(all(readEvaluationFile(torn, DOCUMENT_LINE))).rejects.toMatchObject({
      details: { line: 1 },
    });
  });

  it('says that a file is missing or damaged', async () => {
    for (const path of [
      join(folder, 'none.jsonl'),
      join(folder, 'none.jsonl.gz'),
      join(folder, 'none.jsonl.xz'),
    ]) {
      await expect(all(readEvaluationFile(path, DOCUMENT_LINE))).rejects.toMatchObject({
        code: 'evaluation_file_invalid',
      });
    }
    for (const path of [write('not.jsonl.gz', 'no gzip'), write('not.jsonl.xz', 'no xz at all')]) {
      await expect(all(readEvaluationFile(path, DOCUMENT_LINE))).rejects.toMatchObject({
        code: 'evaluation_file_invalid',
      });
    }
  });
});

describe('readDocuments', () => {
  it('joins several files; the same document twice counts once, another text under its id is wrong', async () => {
    const first = write('1.jsonl', LINES);
    const second = write(
      '2.jsonl',
      '{"doc_id":"b","title":"B","text":"Two."}\n{"doc_id":"c","title":"","text":"Three."}\n',
    );
    const documents = await all(readDocuments([first, second]));
    expect(documents.map(({ docId }) => docId)).toEqual(['a', 'b', 'c']);
    expect(documents[2]?.file).not.toHaveProperty('title');
    const third = write('3.jsonl', '{"doc_id":"a","text":"Other."}\n');
    await expect(all(readDocuments([first, third]))).rejects.toMatchObject({
      code: 'evaluation_file_invalid',
    });
    await expect(all(readDocuments([join(folder, 'nowhere')]))).rejects.toMatchObject({
      code: 'evaluation_file_invalid',
    });
  });

  it('takes a text for Markdown only where it shows', async () => {
    const texts = [
      'Costs 3 * 4 = 12.',
      '# Returns\n\n60 days.',
      'Within **60 days**.',
      '| a | b |\n|---|---|\n| 1 | 2 |',
    ];
    const lines = texts.map((text, index) => JSON.stringify({ doc_id: `d${index}`, text }));
    const documents = await all(readDocuments([write('m.jsonl', lines.join('\n'))]));
    expect(documents.map(({ file }) => file.name)).toEqual(['d0.txt', 'd1.md', 'd2.md', 'd3.md']);
  });

  it('reads a folder, each file by its path below it', async () => {
    const documents = await all(readDocuments(['data/shop/documents']));
    const ids = documents.map(({ docId }) => docId);
    expect(ids).toContain('contact/opening-hours.html');
    expect(ids).toContain('delivery/tracking.txt');
    expect(documents[0]?.file.source).toBe(`eval:${ids[0]}`);
  });
});

describe('readQuestions', () => {
  const path = (): string =>
    write(
      'q.jsonl',
      [
        { q: 'plain?', doc_id: 'a', answers: ['x', ' '] },
        { q: 'parts?', doc_ids: ['a', 'b', 'a'], needs_all: true, kind: 'multi_part' },
        { q: 'none?', answers: [] },
        { q: 'said so?', doc_id: 'a', answers: ['x'], answerable: false },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );

  it('tells what can be answered and where', async () => {
    const questions = await readQuestions(path());
    expect(questions.map(({ answerable }) => answerable)).toEqual([true, true, false, false]);
    expect(questions[0]).toMatchObject({ docIds: ['a'], answers: ['x'], needsAll: false, kind: null });
    expect(questions[1]).toMatchObject({
      docIds: ['a', 'b'],
      answers: [],
      needsAll: true,
      kind: 'multi_part',
    });
  });

  it('keeps to the limit and fails when none is left', async () => {
    expect(await readQuestions(path(), { limit: 2 })).toHaveLength(2);
    expect(await readQuestions(path(), { limit: 1, keep: ({ answerable }) => !answerable })).toMatchObject([
      { text: 'none?' },
    ]);
    await expect(readQuestions(path(), { keep: () => false })).rejects.toMatchObject({
      code: 'evaluation_file_invalid',
    });
  });
});
