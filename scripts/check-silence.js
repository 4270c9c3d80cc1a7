/**
 * Drives the built appliance by its command line and a real Chromium where no network exists but loopback, and fails
 * on a single attempt of server, models, readers or pages to reach another machine. Run inside such a namespace
 * (scripts/check-offline.sh does), after a build.
 *
 * Records, each shown to work by an attempt on purpose before it counts:
 *   the server's kernel counters  The server, its children and the command line have a namespace of their own, joined to
 *                                 the browser's by a socket file. Every attempt there, TCP or UDP, name lookups too,
 *                                 finds no route and is counted, however short.
 *   the browser's requests        Every address that a page asked for, also when its policy or the network refused it.
 *   the browser's kernel counters Told and not judged: Chromium itself looks names up and looks for a route by IPv6 at
 *                                 its start and at navigations, which cannot be told from what a page could do past its
 *                                 requests (WebRTC, prefetching of names). The pages do neither; their policy and the
 *                                 sources say so, not this check.
 */
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createRelay } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { drive } from './drive-console.js';

const CLI = resolve('dist/src/cli.js');
const PASSWORD = 'a long and quiet passphrase 7';
const EMAIL = 'owner@shop.example';
const READY_SECONDS = 300;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-default-apps',
  '--disable-extensions',
  '--no-pings',
  '--no-proxy-server',
  '--disable-features=DialMediaRouteProvider,MediaRouter,OptimizationHints,AsyncDns',
];
/** In both namespaces, which hold nothing else. */
const PORT = 8080;
/** Runs beside the server: what comes by the socket file goes to its port. */
const RELAY = `
  const net = require('node:net');
  const [path, port] = process.argv.slice(1);
  net.createServer((from) => {
    const to = net.connect(Number(port), '127.0.0.1');
    const end = () => { from.destroy(); to.destroy(); };
    from.on('error', end).on('close', end).pipe(to);
    to.on('error', end).on('close', end).pipe(from);
  }).listen(path);
`;

const { attemptsBetween, parseNetworkCounters } = await import(
  pathToFileURL(resolve('dist/src/doctor/network-counters.js')).href
);
/** Of this namespace, or of the one that a process is in. */
const counters = (pid = 'self') =>
  parseNetworkCounters(
    readFileSync(`/proc/${pid}/net/snmp`, 'utf8'),
    existsSync(`/proc/${pid}/net/snmp6`) ? readFileSync(`/proc/${pid}/net/snmp6`, 'utf8') : '',
  );
const say = (text) => console.log(`check-silence: ${text}`);
const fail = (text) => {
  throw new Error(text);
};

const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
if (others.length > 0) fail(`this is not a namespace with loopback only, it has ${others.join(', ')}`);

const work = mkdtempSync(join(tmpdir(), 'answerbox-silence-'));
const site = createServer(servePage).listen(0, '127.0.0.1');
await once(site, 'listening');
const siteOrigin = `http://127.0.0.1:${site.address().port}`;
const environment = {
  PATH: process.env.PATH,
  HOME: work,
  ANSWERBOX_DATA_DIR: join(work, 'data'),
  ANSWERBOX_PORT: String(PORT),
  ANSWERBOX_ALLOWED_ORIGINS: siteOrigin,
};
let box = '';
let server;
let holder;
const relays = [];
const relay = createRelay();
let browser;
/** Addresses that pages asked for and that are neither the server's nor the site's. */
const stray = [];
const asked = new Set();

function servePage(request, response) {
  const { pathname } = new URL(request.url, 'http://site');
  if (pathname === '/tempted')
    return response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>Control</title><img src="http://192.0.2.1/pixel.png" alt="">');
  if (pathname !== '/') return response.writeHead(204).end();
  return response
    .setHeader('content-type', 'text/html')
    .end(`<!doctype html><title>A shop</title><h1>A shop</h1><script async src="${box}/widget.js"></script>`);
}

async function newPage() {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(120_000);
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:') return;
    asked.add(origin);
    if (origin !== box && origin !== siteOrigin) stray.push(request.url());
  });
  return page;
}

/** A namespace of its own: `lo` is up in it, and nothing else is there. Its first process holds it. */
function openNamespace() {
  const holder = spawn('unshare', ['-n', 'sh', '-c', 'ip link set lo up && echo up && exec sleep 3600']);
  return once(holder.stdout, 'data').then(() => holder);
}

const inside = (...words) => ['nsenter', ['-t', String(holder.pid), '-n', '--', ...words]];

async function startServer() {
  server = spawn(...inside(process.execPath, CLI, 'serve'), {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  server.stdout.on('data', (text) => (said += text));
  for (let waited = 0; waited < READY_SECONDS; waited += 0.2) {
    if (server.exitCode !== null) fail(`the server ended with ${server.exitCode}`);
    const url = /is ready at (\S+)/.exec(said)?.[1];
    if (url)
      return { url, key: /shown this once: (\S+)/.exec(said)[1], code: /one use: (\S+)/.exec(said)[1] };
    await sleep(200);
  }
  return fail(`the server was not ready within ${READY_SECONDS} s`);
}

/** The server's port, in the browser's namespace. */
async function joinNamespaces() {
  const path = join(work, 'relay.sock');
  relays.push(spawn(...inside(process.execPath, '-e', RELAY, path, String(PORT)), { stdio: 'ignore' }));
  while (!existsSync(path)) await sleep(50);
  relay.on('connection', (from) => {
    const to = connect(path);
    const end = () => {
      from.destroy();
      to.destroy();
    };
    from.on('error', end).on('close', end).pipe(to);
    to.on('error', end).on('close', end).pipe(from);
  });
  relay.listen(PORT, '127.0.0.1');
  await once(relay, 'listening');
}

/** A step: what it is, what it does, and how many attempts the kernel counted meanwhile, of server and browser. */
async function step(name, run) {
  const [server4, browser4] = [counters(holder.pid), counters()];
  const started = performance.now();
  await run();
  const [server5, browser5] = [counters(holder.pid), counters()];
  const took = ((performance.now() - started) / 1000).toFixed(1);
  const found = {
    server: attemptsBetween(server4, server5),
    browser: attemptsBetween(browser4, browser5),
    pages: stray.length,
  };
  say(`${name}: server ${found.server}, pages ${found.pages} (Chromium itself: ${found.browser}), ${took} s`);
  return found;
}

const api = async (method, path, { body, key } = {}) => {
  const headers = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(body && { 'content-type': 'application/json' }),
  };
  const response = await fetch(box + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) fail(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

function cli(...words) {
  const done = spawnSync(...inside(process.execPath, CLI, ...words), { env: environment, encoding: 'utf8' });
  if (done.status !== 0) fail(`answerbox ${words.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

async function converse(scope, question) {
  await scope.locator('.composer textarea, textarea').first().fill(question);
  await scope.locator('.composer textarea, textarea').first().press('Enter');
  await scope.locator('.message-answer[data-status]').last().waitFor({ timeout: 120_000 });
  await scope.locator('.log[aria-busy="false"]').waitFor({ timeout: 120_000 });
}

/** Documents that tempt whoever reads or shows them. */
function writeDocuments() {
  const html =
    '<html><head><title>Lockers</title><link rel="stylesheet" href="http://192.0.2.1/a.css">' +
    '<script src="http://192.0.2.1/a.js"></script></head><body><h1>Lockers</h1><img src="http://192.0.2.1/b.png">' +
    '<p>The lockers are emptied every night at half past eleven.</p></body></html>';
  const markdown =
    '# Parking\n\n![plan](http://192.0.2.1/plan.png)\n\nParking is free on Sundays for all visitors.\n';
  writeFileSync(join(work, 'lockers.html'), html);
  writeFileSync(join(work, 'parking.md'), markdown);
}

try {
  holder = await openNamespace();
  const launch = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  browser = await launch();
  box = siteOrigin;
  const control = await step('an attempt on purpose, by a page', async () => {
    const page = await newPage();
    await page.goto(`${siteOrigin}/tempted`);
    await page.waitForLoadState('networkidle');
  });
  if (control.browser === 0) fail('the kernel did not count an attempt on purpose: nothing would be proven');
  if (stray.length !== 1) fail('the browser did not tell of an attempt on purpose: nothing would be proven');
  stray.length = 0;
  await browser.close();
  const purpose = await step('an attempt on purpose, beside the server', async () => {
    const attempt = 'require("node:net").connect(443, "192.0.2.1").on("error", () => undefined)';
    spawnSync(...inside(process.execPath, '-e', attempt));
  });
  if (purpose.server !== 1) fail('the kernel did not count an attempt on purpose: nothing would be proven');

  const serverBefore = counters(holder.pid);
  let start;
  await step('start, with the demo shop', async () => {
    start = await startServer();
    box = start.url;
    await joinNamespaces();
    browser = await launch();
  });
  await step('first person', () =>
    api('POST', '/api/v1/session/setup', {
      body: { code: start.code, name: 'Owner', email: EMAIL, password: PASSWORD },
    }),
  );
  await step('documents that name foreign pictures, styles and scripts', async () => {
    writeDocuments();
    cli('ingest', join(work, 'lockers.html'), join(work, 'parking.md'));
  });
  const customer = await newPage();
  await step('a question on the customer page, and its source', async () => {
    await customer.goto(box);
    await customer.locator('.suggestion').first().waitFor();
    await converse(customer, 'When are the lockers emptied?');
    const text = await customer.locator('.message-answer').last().innerText();
    if (!text.includes('half past eleven')) fail(`the answer was: ${text}`);
    await customer.locator('.citation').first().click();
    await customer.locator('.source-text mark').waitFor();
    await customer.keyboard.press('Escape');
  });
  await step('a generated answer, and an order', async () => {
    await converse(customer, 'How long is the link for a forgotten password valid?');
    await converse(customer, 'Where is my order?');
  });
  await step('a person is asked for', async () => {
    await converse(customer, 'I want to talk to a person, please.');
    const { tickets } = await api('GET', '/api/v1/tickets', { key: start.key });
    if (!tickets?.length) fail('no ticket was made');
    await api('POST', '/api/v1/customers', {
      key: start.key,
      body: { name: 'Ada Visitor', email: 'ada@visitor.example' },
    });
  });
  await step('the widget on another page', async () => {
    const page = await newPage();
    await page.goto(siteOrigin);
    await page.locator('.launcher').click();
    await page.locator('.panel .composer textarea').waitFor();
    await converse(page.locator('.panel'), 'Is parking free on Sundays?');
  });
  await step('console and pages of the API', async () => {
    const page = await newPage();
    for (const path of ['/console', '/docs']) {
      await page.goto(box + path);
      await page.waitForLoadState('networkidle');
    }
    const opened = await drive(page, { url: box, email: EMAIL, password: PASSWORD });
    if (opened.length < 20)
      fail(`only ${opened.length} pages of the console were driven: ${opened.join(' ')}`);
    say(`the console was signed in to and driven through ${opened.length} pages`);
  });
  await step('a backup of the running server', async () => {
    cli('backup', join(work, 'silent.backup'));
  });
  await step('the server stops', async () => {
    await browser.close();
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  });
  const attempts = attemptsBetween(serverBefore, counters(holder.pid));
  if (attempts > 0) fail(`${attempts} attempts of the server to reach another machine were counted`);
  if (stray.length > 0) fail(`pages asked for ${stray.join(', ')}`);
  say(
    `silent: 0 attempts of the server by the kernel's count; pages asked ${asked.size} origins, all on this machine`,
  );
} catch (error) {
  console.error(`check-silence: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser?.close().catch(() => undefined);
  if (server && server.exitCode === null) server.kill('SIGKILL');
  for (const process of [...relays, holder]) process?.kill('SIGKILL');
  relay.close();
  site.closeAllConnections();
  site.close();
  rmSync(work, { recursive: true, force: true });
}
