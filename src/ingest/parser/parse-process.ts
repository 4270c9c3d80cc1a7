/**
 * Entry of a process that reads files. Hostile ones end it and nothing else: a second thread in it watches
 * memory, computing time and the parent, since a parser that is busy answers nobody.
 */
import { writeFile } from 'node:fs/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { watchProcess, type WatchLimits } from './watch-process.ts';

if (isMainThread) {
  const [memoryMb, seconds] = process.argv.slice(2).map(Number);
  const watch = new Worker(new URL(import.meta.url), { execArgv: [], workerData: { memoryMb, seconds } });
  watch.unref();
  // When memory runs out, the kernel should take this process, and not the server.
  writeFile('/proc/self/oom_score_adj', '900').catch(() => undefined);
  // Ctrl-C is for the parent, which ends this one when it is done.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));
  // pdf.js drops promises of damaged files that reject later: they would end the process and blame the file after.
  // What the parse itself awaits still fails it, and what never settles runs into its time limit.
  process.on('unhandledRejection', () => undefined);
  const { serveParses } = await import('./serve-parses.ts');
  serveParses((isBusy) => watch.postMessage(isBusy));
} else watchProcess(workerData as WatchLimits);
