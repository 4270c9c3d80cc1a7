import { sendFailure } from '../../processes/sent-failure.ts';
import { parseFile } from '../parse/parse-file.ts';
import type { FromParser, ParseOrder } from './parse-protocol.ts';

/** Answers the parent's orders, in the process that may die of them; `watch` is told when a file is at hand. */
export function serveParses(watch: (isBusy: boolean) => void): void {
  process.on('message', (message) => {
    watch(true);
    void answer(message as ParseOrder).finally(() => watch(false));
  });
  send({ type: 'ready' });
}

async function answer({ id, file }: ParseOrder): Promise<void> {
  try {
    const parsed = await parseFile(file);
    send({ type: 'parsed', id, parsed, residentMb: residentMb() });
  } catch (error) {
    send({ type: 'failed', id, failure: sendFailure(error), residentMb: residentMb() });
  }
}

function send(message: FromParser): void {
  // The callback swallows the error of a parent that has just gone: `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function residentMb(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}
