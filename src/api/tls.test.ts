import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { controlFetch } from '../cli/control-fetch.ts';
import { PASSWORD } from '../testing/staff-client.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readTls } from './read-tls.ts';
import { createServedTls } from './served-tls.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A certificate of a name that leads nowhere here, as an owner's would be. */
function makeCertificate(name = 'help.example.com'): { tls_cert_file: string; tls_key_file: string } {
  const folder = temporaryFolder();
  const [tls_cert_file, tls_key_file] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const words = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  const place = ['-keyout', tls_key_file, '-out', tls_cert_file, '-subj', `/CN=${name}`];
  const names = ['-addext', `subjectAltName=DNS:${name}`];
  execFileSync('openssl', ['req', '-x509', ...words, ...place, ...names], { stdio: 'pipe' });
  return { tls_cert_file, tls_key_file };
}

interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

async function send(url: string, ca: string, options: RequestOptions, body = ''): Promise<Received> {
  // As a browser that asks for the name: the certificate is checked in full.
  const agent = new Agent({ ca, servername: 'help.example.com' });
  const asked = request(url, { ...options, agent });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of response) text += String(piece);
  agent.destroy();
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

it('serves https by certificate files, with HSTS and cookies bound to the host', async () => {
  const files = makeCertificate();
  const server = await startDeskServer({ config: files });
  const url = server.url.replace('http:', 'https:');
  const ca = readFileSync(files.tls_cert_file, 'utf8');
  const health = await send(`${url}/api/v1/session`, ca, {});
  expect(health.status).toBe(200);
  expect(health.headers['strict-transport-security']).toContain('max-age=31536000');

  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Received> =>
    send(
      url + path,
      ca,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      JSON.stringify(body),
    );
  const authorization = `Bearer ${server.adminKey}`;
  const ada = { name: 'Ada', email: 'ada@shop.example', role: 'agent', password: PASSWORD };
  expect((await post('/api/v1/users', ada, { authorization })).status).toBe(201);
  const origin = new URL(url).origin;
  const session = await post('/api/v1/session', { email: ada.email, password: PASSWORD }, { origin });
  expect(session.status).toBeLessThan(300);
  const cookies = session.headers['set-cookie'] ?? [];
  const cookie = cookies.find((one) => one.startsWith('__Host-answerbox_session='));
  expect(cookie).toMatch(/; Secure/);
  const tickets = await send(`${url}/api/v1/tickets`, ca, {
    headers: { cookie: cookie?.split(';')[0] ?? '' },
  });
  expect(tickets.status).toBe(200);

  const { hostname, port } = new URL(url);
  const old = connect({
    host: hostname,
    port: Number(port),
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
  });
  const [refusal] = (await once(old, 'error')) as [Error];
  expect(refusal.message).toMatch(/protocol|version|alert/i);
  await expect(fetch(`${server.url.replace('https:', 'http:')}/healthz`)).rejects.toThrow();
});

it('is spoken with by the commands of this machine by exactly its certificate, and by no other', async () => {
  const files = makeCertificate();
  const server = await startDeskServer({ config: files });
  const url = server.url.replace('http:', 'https:').replace('127.0.0.1', 'localhost');
  const ask = controlFetch({ certificate: readFileSync(files.tls_cert_file, 'utf8') });
  expect((await ask(`${url}/api/v1/session`)).status).toBe(200);
  const form = new FormData();
  form.append('file', new Blob(['code,name\nA-1,Tent\n']), 'products.csv');
  const headers = { authorization: `Bearer ${server.adminKey}` };
  const imported = await ask(`${url}/api/v1/products/import?currency=EUR`, {
    method: 'POST',
    headers,
    body: form,
  });
  expect([imported.status, await imported.json()]).toEqual([200, expect.objectContaining({ added: 1 })]);
  const other = makeCertificate();
  const wrong = controlFetch({ certificate: readFileSync(other.tls_cert_file, 'utf8') });
  await expect(wrong(`${url}/api/v1/session`)).rejects.toThrow();
});

it('is found alive by the check of the container, over https and over http', async () => {
  for (const config of [makeCertificate(), {}]) {
    const server = await startDeskServer({ config });
    // The desk's server has no models that its health could tell of: an answer of any kind is what is asked here.
    const { port } = new URL(server.url);
    const { code, stderr } = await runCheck(port);
    expect([code, stderr]).toEqual([0, '']);
    await server.close();
    expect((await runCheck(port)).code).toBe(1);
  }
});

it('takes up a renewed certificate without a restart, and keeps the old one where the new cannot be', async () => {
  const files = makeCertificate();
  const [first, firstKey] = [readFileSync(files.tls_cert_file), readFileSync(files.tls_key_file)];
  const tls = createServedTls(files)!;
  const told: string[] = [];
  const watch = tls.watch({
    onRenewed: ({ cert }) => told.push(cert === first.toString() ? 'the first' : 'another'),
    onRefused: (error) => told.push((error as Error).message),
  });
  onTestFinished(() => watch.stop());
  const server = await startDeskServer({ config: files, tls });
  const port = Number(new URL(server.url).port);
  /** By name, and by address alone as scanners and old clients ask. */
  const shown = async (servername?: string): Promise<string> => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      ...(servername && { servername }),
    });
    await once(socket, 'secureConnect');
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };
  const open = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(open, 'secureConnect');
  const before = await shown('help.example.com');
  watch.look();
  expect(told).toEqual([]);

  // The certificate comes first, its key a moment later: meanwhile, and with rubbish, the old pair is served.
  const next = makeCertificate();
  writeFileSync(files.tls_cert_file, readFileSync(next.tls_cert_file));
  watch.look();
  watch.look();
  expect(told.splice(0)).toEqual([expect.stringMatching(/tls_key_file .* private key/)]);
  writeFileSync(files.tls_cert_file, 'no certificate');
  watch.look();
  expect(told.splice(0)).toEqual([expect.stringMatching(/a certificate in PEM/)]);
  rmSync(files.tls_cert_file);
  watch.look();
  expect(told.splice(0)).toEqual([expect.stringContaining('ENOENT')]);
  expect([await shown('help.example.com'), await shown()]).toEqual([before, before]);

  writeFileSync(files.tls_cert_file, readFileSync(next.tls_cert_file));
  writeFileSync(files.tls_key_file, readFileSync(next.tls_key_file));
  watch.look();
  expect(told.splice(0)).toEqual(['another']);
  const after = await shown('help.example.com');
  expect(after).not.toBe(before);
  expect(await shown()).toBe(after);
  const ca = readFileSync(next.tls_cert_file, 'utf8');
  expect((await send(`${server.url}/api/v1/session`, ca, {})).status).toBe(200);
  // Who is connected stays so.
  expect(open.destroyed).toBe(false);
  open.destroy();

  writeFileSync(files.tls_cert_file, first);
  watch.look();
  writeFileSync(files.tls_key_file, firstKey);
  watch.look();
  expect(told).toEqual([expect.stringMatching(/tls_key_file/), 'the first']);
  expect(await shown()).toBe(before);
});

it('says what is wrong with the files before anything else', () => {
  const good = makeCertificate();
  const other = makeCertificate();
  const text = join(temporaryFolder(), 'text.pem');
  writeFileSync(text, 'no certificate');
  const refusal = (changed: Partial<typeof good>, now?: Date): string => {
    try {
      readTls({ ...good, ...changed }, now);
      return 'none';
    } catch (error) {
      expect(error).toMatchObject({ code: 'config_bad_value' });
      return (error as Error).message;
    }
  };
  expect(refusal({})).toBe('none');
  expect(readTls({ tls_cert_file: '', tls_key_file: '' })).toBeNull();
  expect(refusal({ tls_key_file: '' })).toMatch(/tls_key_file .* since tls_cert_file names one/);
  expect(refusal({ tls_cert_file: '' })).toMatch(/tls_cert_file .* since tls_key_file names one/);
  expect(refusal({ tls_cert_file: '/nowhere/cert.pem' })).toMatch(/tls_cert_file .*ENOENT/);
  expect(refusal({ tls_cert_file: text })).toMatch(/tls_cert_file .* a certificate in PEM/);
  expect(refusal({ tls_key_file: other.tls_key_file })).toMatch(
    /tls_key_file .* private key,.*of the certificate/,
  );
  expect(refusal({ tls_key_file: text })).toMatch(/tls_key_file .* private key/);
  expect(refusal({}, new Date('2999-01-01'))).toMatch(/tls_cert_file .* holds still/);
});

async function runCheck(port: string): Promise<{ code: number | null; stderr: string }> {
  const check = spawn(process.execPath, ['scripts/healthcheck.js'], { env: { ANSWERBOX_PORT: port } });
  let stderr = '';
  check.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [code] = (await once(check, 'close')) as [number | null];
  return { code, stderr };
}
