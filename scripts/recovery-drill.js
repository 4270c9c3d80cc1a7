/**
 * From a dead disk to serving again, by the steps of src/backup/README.md, timed. Needs a build. A server with the demo
 * shop answers questions while messages are written; `answerbox backup` runs meanwhile; then the server is killed with
 * -9 and its data folder is gone. `answerbox restore`, `answerbox serve`, the same questions: every answer must be
 * the same, and nothing acknowledged before the backup may be missing.
 *
 *   npm run build && node scripts/recovery-drill.js [--encrypted]
 *
 * Prints one JSON document; ends with 1 when anything differs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CLI = resolve('dist/src/cli.js');
const QUESTIONS = readFileSync('data/shop/questions.test.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ history }) => !history)
  .slice(0, 10)
  .map(({ q }) => q);
const work = mkdtempSync(join(tmpdir(), 'answerbox-drill-'));
const file = join(work, 'disk-elsewhere.backup');
const environment = {
  PATH: process.env.PATH,
  HOME: work,
  ANSWERBOX_PORT: '0',
  ANSWERBOX_DATA_DIR: join(work, 'data'),
};
if (process.argv.includes('--encrypted')) {
  environment.ANSWERBOX_BACKUP_KEY_FILE = join(work, 'key');
  writeFileSync(environment.ANSWERBOX_BACKUP_KEY_FILE, 'drill drill drill drill drill');
}
const seconds = (since) => Math.round((performance.now() - since) / 100) / 10;

async function serve() {
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const url = await new Promise((ready, reject) => {
    child.stdout.on('data', (text) => {
      said += text;
      const found = /is ready at (\S+)/.exec(said)?.[1];
      if (found) ready(found);
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  return { child, url };
}

async function ask(url, message) {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message, mode: 'extractive' }),
  });
  const { outcome, answer, confidence, citations, conversation_id: conversation } = await response.json();
  if (!response.ok) throw new Error(`"${message}" was answered with ${response.status}`);
  return { shown: { outcome, answer, confidence, citations }, conversation };
}

const answersOf = async (url) => {
  const answers = [];
  for (const question of QUESTIONS) answers.push((await ask(url, question)).shown);
  return answers;
};

function cli(...words) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words, '--json'], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`answerbox ${words.join(' ')} ended with ${status}: ${stderr}`);
  return { took: seconds(started), ...JSON.parse(stdout) };
}

/** As `cli`, while this process goes on asking. */
async function cliBeside(...words) {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...words, '--json'], { env: environment });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (errors += text));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`answerbox ${words.join(' ')} ended with ${status}: ${errors}`);
  return { took: seconds(started), ...JSON.parse(output) };
}

const running = [];
try {
  const first = await serve();
  running.push(first.child);
  const before = await answersOf(first.url);
  const acknowledged = [];
  let stop = false;
  const load = Promise.all(
    [1, 2].map(async (lane) => {
      for (let round = 0; !stop; round += 1) {
        const { conversation } = await ask(
          first.url,
          `Lane ${lane}, round ${round}: how do I wash a down jacket?`,
        );
        acknowledged.push(conversation);
      }
    }),
  );
  const known = () => acknowledged.slice();
  while (acknowledged.length < 4) await new Promise((wait) => setTimeout(wait, 50));
  const due = known();
  const backup = await cliBeside('backup', file);
  const during = acknowledged.length - due.length;
  stop = true;
  await load;

  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  rmSync(environment.ANSWERBOX_DATA_DIR, { recursive: true });
  const dead = performance.now();
  const restore = cli('restore', file);
  const second = await serve();
  running.push(second.child);
  const firstAnswer = await ask(second.url, QUESTIONS[0]);
  const serving = seconds(dead);

  const after = await answersOf(second.url);
  const missing = [];
  for (const conversation of due) {
    const response = await fetch(`${second.url}/api/v1/conversations/${conversation}`);
    if (!response.ok) missing.push(conversation);
  }
  const different = QUESTIONS.filter(
    (_, place) => JSON.stringify(before[place]) !== JSON.stringify(after[place]),
  );
  const report = {
    questions: QUESTIONS.length,
    identical_answers: QUESTIONS.length - different.length,
    different: different.map((question) => {
      const place = QUESTIONS.indexOf(question);
      return { question, before: before[place], after: after[place] };
    }),
    answered: after.filter(({ outcome }) => outcome.startsWith('answered')).length,
    acknowledged_before_backup: due.length,
    missing: missing.length,
    answered_while_backing_up: during,
    backup_seconds: backup.took,
    backup_bytes: statSync(file).size,
    encrypted: backup.encrypted,
    restore_seconds: restore.took,
    from_dead_disk_to_first_answer_seconds: serving,
    first_answer: firstAnswer.shown.outcome,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (different.length > 0 || missing.length > 0) process.exitCode = 1;
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
