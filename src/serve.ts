import { randomBytes, X509Certificate } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { buildServer, type Server, type ServerOptions } from './api/build-server.ts';
import { openApp, type App } from './app.ts';
import type { OpenOptions } from './composition/opening.ts';
import { WEB_FOLDER } from './composition/package-files.ts';
import type { Config } from './config.ts';
import { createServedTls, type ServedTls } from './api/served-tls.ts';
import { AnswerboxError, reasonOf } from './errors.ts';

export interface RunningServer {
  app: App;
  url: string;
  /** The admin key, this once, when this start made it. */
  newAdminKey: string | null;
  /** With it the first owner is made, this once; null when there are users. */
  setupCode: string | null;
  /** Looks at once whether the certificate's files are new ones; null where http is served. */
  renewCertificate: (() => void) | null;
  close(): Promise<void>;
}

/** Read by the command line on this machine; only the owner of the data folder can. */
export interface ControlFile {
  url: string;
  token: string;
  pid: number;
  /** PEM of what the server proves itself with; left out where it serves http. */
  certificate?: string;
}

export function controlPathOf(config: Config): string {
  return join(resolve(config.data_dir), 'control.json');
}

/**
 * Opens the app and listens. Resolves when the first question can be answered.
 * @throws port_unavailable and what `openApp` throws
 */
export async function startServer(
  config: Config,
  { runDoctor, ...options }: OpenOptions & Pick<ServerOptions, 'runDoctor'> = {},
): Promise<RunningServer> {
  // A file that is not as it must be is told before models are loaded.
  const tls = createServedTls(config);
  const app = await openApp(config, { followsSources: true, ...options });
  const token = randomBytes(32).toString('base64url');
  let server: Server | undefined;
  let certificate: ReturnType<ServedTls['watch']> | undefined;
  const controlPath = controlPathOf(config);
  const close = async (): Promise<void> => {
    certificate?.stop();
    await rm(controlPath, { force: true });
    await server?.close();
    await app.close();
  };
  try {
    server = await buildServer(app, {
      controlToken: token,
      webFolder: WEB_FOLDER,
      tls,
      ...(runDoctor && { runDoctor }),
    });
    const url = await listen(server, config, tls ? 'https' : 'http');
    const writeControl = async (): Promise<void> => {
      const control: ControlFile = {
        url,
        token,
        pid: process.pid,
        ...(tls && { certificate: tls.files().cert }),
      };
      await writeFile(controlPath, JSON.stringify(control), { mode: 0o600 });
    };
    await writeControl();
    const log = options.log ?? (() => undefined);
    certificate = tls?.watch({
      onRenewed: ({ cert }) => {
        app.faults.clear('certificate');
        log('info', `the certificate was renewed and holds until ${endOf(cert)}`);
        // The commands of this machine believe exactly this one.
        void writeControl().catch((error: unknown) => log('error', `control.json: ${reasonOf(error)}`));
      },
      onRefused: (error) => {
        log('error', `the certificate before is served on: ${reasonOf(error)}`);
        app.faults.report('certificate', 'failing', CERTIFICATE_REFUSED);
      },
    });
    app.desk.start();
    const { users, signIn } = app.staff;
    const setupCode = (await users.countUsers()) === 0 ? await signIn.setupCode.make() : null;
    const newAdminKey = await app.keys.createAdminKeyIfNone();
    return { app, url, newAdminKey, setupCode, renewCertificate: certificate?.look ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Told to strangers: without paths. */
const CERTIFICATE_REFUSED =
  'The files of the certificate were changed and cannot be served; the certificate before goes on. The log says why.';

const endOf = (cert: string): string =>
  new Date(new X509Certificate(cert).validTo).toISOString().slice(0, 10);

async function listen(server: Server, { host, port }: Config, scheme: 'http' | 'https'): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw new AnswerboxError('port_unavailable', { host, port, reason: reasonOf(error) }, error);
  }
  const bound = (server.server.address() as AddressInfo).port;
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return `${scheme}://${shown}:${bound}`;
}
