import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { requestSignal } from '../request-signal.ts';

const STATE = Type.Object({
  running: Type.Boolean(),
  failure: Type.Union([Type.String(), Type.Null()], { description: 'why the last one failed' }),
  backups: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer(), at: Type.String() }), {
    description: 'those made by schedule, oldest first',
  }),
});

/** Owners' alone: a backup holds everything. */
export function addBackupRoutes(server: Server, app: App): void {
  server.get('/api/v1/backups', { schema: { response: { 200: STATE } } }, async () => ({
    ...app.backups.schedule.state(),
    backups: (await app.backups.schedule.list()).map(({ name, bytes, at }) => ({ name, bytes, at })),
  }));

  server.post('/api/v1/backups', async (request, reply) => {
    const pieces = app.backups.stream({ signal: requestSignal(reply) });
    // The copies are made before the first byte: until then a failure still has a status of its own.
    const first = await pieces.next();
    await app.staff.audit(principalOf(request), 'backup', { to: request.ip });
    async function* all(): AsyncGenerator<Buffer> {
      if (first.done !== true) yield first.value;
      yield* pieces;
    }
    return reply
      .headers({
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="answerbox.backup"`,
        'cache-control': 'no-store',
      })
      .send(Readable.from(all(), { objectMode: false }));
  });
}
