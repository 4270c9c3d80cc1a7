import { once } from 'node:events';
import { loadConfig } from './config.ts';
import { runDoctor } from './doctor/run-doctor.ts';
import { createTextLog, describeCrash } from './observability/text-log.ts';
import { startServer } from './serve.ts';

/** Milliseconds for open requests to end after the first signal. */
const GRACE_MS = 15_000;

/** The process: settings → server → the line with the address → signals → graceful close. */
export async function runServer(): Promise<void> {
  const { config } = loadConfig();
  const starting = new AbortController();
  const stopped = waitForSignal(starting);
  const log = createTextLog(config.log_level, (line) => void process.stderr.write(line));
  // As Node would end it, but without what its own report prints of the failure.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`fatal: ${describeCrash(error)}\n`);
    process.exit(1);
  });
  const onProgress = (message: string): void => void process.stderr.write(`${message} …\n`);
  const server = await startServer(config, { log, onProgress, signal: starting.signal, runDoctor });
  // Without https it ends the server, as it does any program whose terminal is gone.
  if (server.renewCertificate) process.on('SIGHUP', server.renewCertificate);
  if (server.newAdminKey !== null) {
    process.stdout.write(`Admin key, shown this once: ${server.newAdminKey}\n`);
  }
  if (server.setupCode !== null) {
    process.stdout.write(
      `Set-up code for ${server.url}/console, good for one day and one use: ${server.setupCode}\n`,
    );
  }
  process.stdout.write(`Answerbox is ready at ${server.url}\n`);
  await stopped;
  process.stderr.write('Stopping …\n');
  const giveUp = setTimeout(() => process.exit(1), GRACE_MS);
  await server.close();
  clearTimeout(giveUp);
}

async function waitForSignal(starting: AbortController): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  starting.abort();
  process.once('SIGINT', () => process.exit(130));
}
