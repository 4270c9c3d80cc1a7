import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { loadConfig } from '../config.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { INTENT_LINES } from '../testing/intent-lines.ts';
import { evaluateIntents } from './intents.ts';

const lines = (utterances: readonly object[]): string =>
  utterances.map((one) => JSON.stringify(one)).join('\n');
const TEST = [
  { text: 'please can i have the shoes in a bigger size, i will send these back', label: 'returns' },
  { text: 'has my parcel left your warehouse yet?', label: 'order_status' },
  { text: 'when do you open on monday', label: 'opening_hours' },
  { text: 'who won the football world cup', label: 'oos' },
];

it('prints what the contract names, reads compressed files and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  const [train, test] = [join(folder, 'train.jsonl.gz'), join(folder, 'test.jsonl')];
  writeFileSync(train, gzipSync(lines(INTENT_LINES)));
  writeFileSync(test, lines(TEST));
  const { config } = loadConfig({ environment: { ANSWERBOX_DATA_DIR: join(folder, 'untouched') } });
  const report = await evaluateIntents({ train, test, config });
  vi.unstubAllEnvs();
  expect(report).toEqual({
    accuracy: 1,
    macro_f1: 1,
    in_scope_accuracy: 1,
    oos_recall: 1,
    train_seconds: expect.any(Number),
    p50_ms: expect.any(Number),
  });
  expect(readdirSync(folder).sort()).toEqual(['test.jsonl', 'train.jsonl.gz']);
});
