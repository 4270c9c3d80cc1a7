import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Config } from '../config.ts';
import type { ProcessModelHost } from '../inference/model-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { DOCTOR_CHECKS, type DoctorResult } from './doctor-checks.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'answerbox-test-'));
let server: TestServer;
let config: Config;
beforeAll(async () => {
  server = await startTestServer({ dataDir });
  // As a person would run it: with the port that the server was given.
  config = { ...server.app.config, port: Number(new URL(server.url).port) };
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function examine(codes?: readonly string[], of = config): Promise<Map<string, DoctorResult>> {
  const results = new Map<string, DoctorResult>();
  for (const { code, name, run } of DOCTOR_CHECKS) {
    if (codes && !codes.includes(code)) continue;
    results.set(code, { code, name, ...(await run(of, new AbortController().signal)) });
  }
  return results;
}

describe('the doctor', () => {
  it('finds nothing failed beside a running server, and disturbs it in nothing', async () => {
    const results = await examine();
    expect([...results.values()].filter(({ status }) => status === 'failed')).toEqual([]);
    for (const { status, message, fix } of results.values()) {
      expect(message).not.toBe('');
      expect(fix === null, message).toBe(status === 'ok');
    }
    const said = (code: string) => results.get(code)!;
    expect(said('data-folder').message).toContain(`pid ${process.pid}`);
    expect(said('load').message).toContain('is ready');
    expect(said('port').message).toContain('held by the running server');
    expect(said('store').evidence).toMatchObject({ problems: 0, synchronous: 'FULL' });
    expect(said('index')).toMatchObject({
      status: 'ok',
      evidence: { chunks: server.app.vectors.size, stale_chunks: 0 },
    });
    if (process.platform === 'linux') {
      expect(said('egress')).toMatchObject({ status: 'ok', evidence: { watched: true, outbound: 0 } });
      expect(said('egress').evidence['processes']).toContain(
        String((server.app.models as ProcessModelHost).processId()),
      );
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('loads the models itself when no server runs, and finds what happened to the files meanwhile', async () => {
    await server.close();
    const sound = await examine(['data-folder', 'load', 'store', 'index', 'port', 'egress']);
    for (const { status, message } of sound.values()) expect(status, message).toBe('ok');
    expect(sound.get('load')!.evidence).toMatchObject({ dimensions: 384, norm: 1 });
    expect(sound.get('egress')!.evidence).toEqual({ watched: false });

    rmSync(join(dataDir, 'vectors'), { recursive: true });
    expect((await examine(['index'])).get('index')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('rebuilt'),
    });
    writeFileSync(join(dataDir, 'answerbox.sqlite'), 'overwritten by mistake'.repeat(300));
    expect((await examine(['store'])).get('store')).toMatchObject({
      status: 'failed',
      evidence: { code: 'store_damaged' },
    });
  });

  it('says when the models cannot be loaded', async () => {
    const results = await examine(['models', 'load'], { ...config, models_dir: join(dataDir, 'nothing') });
    for (const { status, fix } of results.values())
      expect({ status, fix }).toEqual({ status: 'failed', fix: expect.stringMatching(/models/) });
  });
});
