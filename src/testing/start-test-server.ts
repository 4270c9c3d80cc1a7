import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { loadConfig, type Config } from '../config.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { startServer } from '../serve.ts';

export interface TestServerOptions {
  config?: Partial<Config>;
  /** A folder that outlives the server; without it a temporary one is made, and removed on close. */
  dataDir?: string;
}

export interface TestServer {
  url: string;
  adminKey: string;
  app: App;
  dataDir: string;
  close(): Promise<void>;
}

/** The defaults, with nothing taken from the machine that runs the tests. */
export function testConfig(dataDir: string, overrides: Partial<Config> = {}): Config {
  const { config } = loadConfig({ environment: {}, file: join(dataDir, 'no-such-file.json') });
  return { ...config, data_dir: dataDir, port: 0, log_level: 'silent', ...overrides };
}

/** The real thing on a free port: real models, the demo shop loaded, nothing logged. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'answerbox-test-')));
  const removeFolder = async (): Promise<void> => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await startServer(testConfig(dataDir, options.config), { runDoctor });
    // A folder from an earlier start has a key that nobody can read any more.
    const adminKey = server.newAdminKey ?? (await server.app.keys.resetAdminKey());
    const close = async (): Promise<void> => {
      await server.close();
      await removeFolder();
    };
    return { url: server.url, adminKey, app: server.app, dataDir, close };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
