import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../dist/src/inference/model-process.js', import.meta.url));

// Its parent goes while it still reads its imports, while it waits for its order, and in between.
it.each([0, 50, 300, 1500])('ends with the server that goes %i ms after it was started', async (after) => {
  if (!existsSync(ENTRY)) throw new Error('The server is not built: run "npm run build" first.');
  const child = fork(ENTRY, [], { serialization: 'advanced', stdio: 'ignore' });
  const ended = once(child, 'exit');
  await delay(after);
  child.disconnect();
  expect(await ended).toEqual([null, 'SIGKILL']);
});
