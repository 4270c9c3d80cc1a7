import type { Server as HttpsServer } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Config } from '../config.ts';
import { readTls, type TlsFiles } from './read-tls.ts';

/** Milliseconds between two looks at the files: renewals come weeks before the end. */
const LOOK_MS = 60_000;

export interface TlsNews {
  onRenewed: (files: TlsFiles) => void;
  /** The new files are not as they must be; those before go on being served. */
  onRefused: (error: unknown) => void;
}

/** What the server proves itself with, taken anew from its files while it serves. */
export interface ServedTls {
  readonly files: () => TlsFiles;
  /** Options of the https server. */
  readonly options: () => TlsFiles & { SNICallback: SniCallback };
  /** The server whose later connections get what is renewed; those that are open stay as they are. */
  attach(server: HttpsServer): void;
  /** Reads the files. True when they are other ones, and served from now on. @throws config_bad_value, and nothing changes */
  renew(): boolean;
  /** Looks at the files by the clock, and tells once what came of each change. */
  watch(news: TlsNews, everyMs?: number): { look: () => void; stop: () => void };
}

type SniCallback = (name: string, done: (error: Error | null, context?: SecureContext) => void) => void;

/**
 * The files are read, not watched: programs that renew certificates swap links, folders or mounts, and all of that is
 * the same to a reader.
 * @returns null where https is not asked for
 * @throws config_bad_value
 */
export function createServedTls(config: Pick<Config, 'tls_cert_file' | 'tls_key_file'>): ServedTls | null {
  const first = readTls(config);
  if (first === null) return null;
  let files = first;
  let context = createSecureContext(first);
  const servers: HttpsServer[] = [];
  const served: ServedTls = {
    files: () => files,
    // Whoever asks for a name is answered from here, on each address that is listened on.
    options: () => ({ ...files, SNICallback: (_name, done) => done(null, context) }),
    attach: (server) => void servers.push(server),
    renew: () => {
      const found = readTls(config)!;
      if (found.cert === files.cert && found.key === files.key) return false;
      files = found;
      context = createSecureContext(found);
      for (const server of servers) server.setSecureContext(found);
      return true;
    },
    watch: ({ onRenewed, onRefused }, everyMs = LOOK_MS) => {
      let refused: string | null = null;
      const look = (): void => {
        try {
          if (served.renew() || refused !== null) onRenewed(files);
          refused = null;
        } catch (error) {
          const reason = String(error);
          if (reason !== refused) onRefused(error);
          refused = reason;
        }
      };
      const timer = setInterval(look, everyMs);
      timer.unref();
      return { look, stop: () => clearInterval(timer) };
    },
  };
  return served;
}
