/**
 * Starts a server, waits until it can answer, asks one question, and stops it as an operator would.
 * usage: node scripts/check-server.js URL [--health FILE] -- COMMAND [ARGUMENT…]
 */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const QUESTION = 'How long can I return unworn goods?';
/** The first start loads the models and the demo shop; on two busy cores that takes its time. */
const READY_SECONDS = 240;
const ANSWER_SECONDS = 120;
const STOP_SECONDS = 30;

const split = process.argv.indexOf('--');
const { values, positionals } = parseArgs({
  args: process.argv.slice(2, split),
  options: { health: { type: 'string' } },
  allowPositionals: true,
});
const [url] = positionals;
const [command, ...parameters] = process.argv.slice(split + 1);

// Its own process group, to see afterwards that nothing of it is left.
const server = spawn(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
const ended = new Promise((resolve) => {
  server.once('error', (error) => resolve(error.message));
  server.once('exit', (code, signal) => resolve(signal ?? `status ${code}`));
});

try {
  const started = performance.now();
  await Promise.race([
    untilReady(),
    ended.then((how) => Promise.reject(new Error(`the server ended before it was ready: ${how}`))),
  ]);
  report('ready', started);
  if (values.health !== undefined) checkHealth(values.health);
  await checkAnswer();
  await checkStop();
} catch (error) {
  console.error(`check-server: ${error.message}${error.cause ? ` (${error.cause.message})` : ''}`);
  process.exitCode = 1;
} finally {
  signalGroup('SIGKILL');
}

function report(what, since) {
  console.log(`check-server: ${what} after ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

async function untilReady() {
  for (let waited = 0; waited < READY_SECONDS; waited += 0.5) {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (response?.status === 200) return;
    await sleep(500);
  }
  throw new Error(`/readyz did not answer 200 within ${READY_SECONDS} s`);
}

function checkHealth(file) {
  const environment = { PATH: process.env['PATH'], ANSWERBOX_PORT: new URL(url).port };
  const { status } = spawnSync(process.execPath, [file], { env: environment, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${file} calls the running server unhealthy`);
  console.log('check-server: the health check agrees');
}

async function checkAnswer() {
  const started = performance.now();
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: QUESTION }),
    signal: AbortSignal.timeout(ANSWER_SECONDS * 1000),
  });
  const body = await response.json();
  const shown = JSON.stringify(body).slice(0, 1000);
  if (response.status !== 200) throw new Error(`the question got status ${response.status}: ${shown}`);
  if (body.outcome !== 'answered') throw new Error(`"${QUESTION}" was not answered: ${shown}`);
  if (!body.citations?.length) throw new Error(`the answer cites nothing: ${shown}`);
  if (!body.citations.every((one) => one.quote?.trim())) throw new Error(`a citation has no quote: ${shown}`);
  report(`answered "${body.answer}" (${body.mode}, ${body.citations.length} cited)`, started);
}

async function checkStop() {
  const started = performance.now();
  server.kill('SIGTERM');
  const left = () => STOP_SECONDS - (performance.now() - started) / 1000;
  const how = await Promise.race([ended, sleep(STOP_SECONDS * 1000, null, { ref: false })]);
  if (how === null) throw new Error(`the server did not stop within ${STOP_SECONDS} s of SIGTERM`);
  if (how !== 'status 0' && how !== 'SIGTERM') throw new Error(`the server stopped with ${how}`);
  // npm may end before the server that it started: what counts is when nothing is left.
  while (signalGroup(0) && left() > 0) await sleep(100);
  if (signalGroup(0)) throw new Error(`after ${STOP_SECONDS} s the server had left processes behind`);
  report('stopped, nothing left running,', started);
}

/** Whether the group still had a process to signal. */
function signalGroup(signal) {
  if (server.pid === undefined) return false;
  try {
    return process.kill(-server.pid, signal);
  } catch {
    return false;
  }
}
