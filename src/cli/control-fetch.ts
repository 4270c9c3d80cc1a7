import { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { Agent, buildConnector, fetch as fetchWith } from 'undici';
import type { ControlFile } from '../serve.ts';

/** As the platform's own: what is sent here is text and forms, what comes back is read as JSON or a stream. */
export type Fetch = typeof fetch;

/**
 * How a command speaks with the server of its data folder. Over https it is asked for by a name of this machine, which
 * no certificate holds: the server must show exactly the certificate that its control file names.
 */
export function controlFetch({ certificate }: Pick<ControlFile, 'certificate'>): Fetch {
  if (certificate === undefined) return fetch;
  const { raw } = new X509Certificate(certificate);
  // Of a session that is taken up again no certificate is told.
  const connect = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0 });
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect(options, (error, socket) => {
        if (error) return callback(error, null);
        if (socket instanceof TLSSocket && socket.getPeerX509Certificate()?.raw.equals(raw) === true)
          return callback(null, socket);
        socket.destroy();
        callback(
          new Error('another server answers there: its certificate is not that of this data folder'),
          null,
        );
      }),
  });
  const pinned = async (url: string, options: RequestInit = {}) =>
    fetchWith(url, { ...((await withPlainBody(options)) as object), dispatcher });
  return pinned as unknown as Fetch;
}

/** A form of the platform is none to the library: its bytes and its type are. */
async function withPlainBody(options: RequestInit): Promise<RequestInit> {
  if (!(options.body instanceof FormData)) return options;
  const form = new Response(options.body);
  const type = form.headers.get('content-type') ?? '';
  const body = new Uint8Array(await form.arrayBuffer());
  return {
    ...options,
    body,
    headers: { ...(options.headers as Record<string, string>), 'content-type': type },
  };
}
