import { randomBytes } from 'node:crypto';
import { buildServer, type Server } from '../api/build-server.ts';
import type { App } from '../app.ts';
import { WEB_FOLDER } from '../composition/package-files.ts';
import type { Backend } from './backend.ts';
import { errorOf } from './remote-backend.ts';

/** The API's staff routes on an app of this process, without a port: a command is then one code for both ways. */
export function createInjectedCaller(app: App): { call: Backend['call']; close(): Promise<void> } {
  const token = randomBytes(32).toString('base64url');
  let server: Promise<Server> | undefined;
  return {
    async call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
      server ??= buildServer(app, { controlToken: token, webFolder: WEB_FOLDER });
      const response = await (
        await server
      ).inject({
        method: method as 'GET',
        url: path,
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { payload: body as object }),
      });
      if (response.statusCode === 204) return null as Result;
      const answer = response.json<Result & { error?: { code: string; message: string } }>();
      if (response.statusCode >= 400 && answer.error) throw errorOf(answer.error.code, answer.error.message);
      return answer;
    },
    close: async () => {
      await (await server)?.close();
    },
  };
}
