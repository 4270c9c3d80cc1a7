import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswerboxError } from '../../errors.ts';
import { hostileFiles } from '../../testing/files/hostile-files.ts';
import { createDocumentParser } from './create-document-parser.ts';
import type { DocumentParser } from './parser-contracts.ts';

const PATIENCE = 180_000;
const files = hostileFiles();

describe(`${files.length} hostile files`, () => {
  let parser: DocumentParser;
  // Without OCR, whatever this machine has installed: what it makes of a picture is no matter of these files.
  const empty = mkdtempSync(join(tmpdir(), 'answerbox-test-'));
  beforeAll(() => {
    vi.stubEnv('PATH', empty);
    parser = createDocumentParser();
  });
  afterAll(async () => {
    await parser.close();
    vi.unstubAllEnvs();
    rmSync(empty, { recursive: true });
  });

  it('are more than sixty, each with a status of its own', () => expect(files.length).toBeGreaterThan(60));

  it.each(files.map((file) => [file.what, file.name, file] as const))(
    '%s (%s)',
    async (_what, name, { make, code, problems = [], holds, lacks }) => {
      const source = `/docs/${name}`;
      const read = parser.parse({ source, name, bytes: make() });
      if (code !== null) {
        const error = await read.then(
          ({ document }) => expect.fail(`it was read: ${document.text.slice(0, 200)}`),
          (reason: unknown) => reason as AnswerboxError,
        );
        expect(`${error.code}: ${error.message}`).toMatch(new RegExp(`^${code}: .*${name}`));
        return;
      }
      const { document, parts, problems: found } = await read;
      expect(found.map((problem) => problem.code)).toEqual(problems);
      const text = [document, ...parts.map((part) => part.document)].map((one) => one.text).join('\n');
      if (holds !== undefined) expect(text).toContain(holds);
      if (lacks !== undefined) expect(text).not.toContain(lacks);
    },
    PATIENCE,
  );
});
