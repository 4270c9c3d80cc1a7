import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { createShownPictures, type SourcePicture } from '../../ingest/pictures/shown-pictures.ts';
import type { Server } from '../build-server.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { readSource } from '../read-source.ts';
import { requestSignal } from '../request-signal.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';

const PASSAGE = Type.Object({
  start: Type.Optional(Type.Integer({ minimum: 0, description: 'UTF-16 units of the text' })),
  end: Type.Optional(Type.Integer({ minimum: 0, description: 'with both: only pictures near this passage' })),
});
const PICTURE = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  alt: Type.String({ description: 'what its author wrote of it; empty for nothing' }),
  page: Type.Union([Type.Integer(), Type.Null()]),
  width: Type.Integer(),
  height: Type.Integer(),
  url: Type.String({ description: 'path on this server; add ?size=thumbnail for a small one' }),
});
const ONE = Type.Object({ id: Type.String(), number: Type.Integer({ minimum: 1 }) });
const SIZE = Type.Object({
  size: Type.Optional(Type.Union([Type.Literal('full'), Type.Literal('thumbnail')])),
});

/**
 * The pictures that a source shows, for whoever may see the source. They are drawn anew as WebP: no byte of the
 * original file reaches a browser.
 */
export function addSourcePictureRoutes(server: Server, app: App, staff: StaffCheck): void {
  const pictures = createShownPictures(app);

  server.get(
    '/api/v1/sources/:id/pictures',
    {
      schema: {
        params: ID_PARAMETERS,
        querystring: PASSAGE,
        response: { 200: Type.Object({ pictures: Type.Array(PICTURE) }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { start, end } = request.query;
      const { document } = await readSource(id, { app, staff, request });
      const signal = requestSignal(reply);
      const found =
        start === undefined || end === undefined
          ? await pictures.list(document, signal)
          : await pictures.near(document, { start, end }, signal);
      // What one may see is not for the next: no cache between keeps it.
      void reply.header('cache-control', 'private, no-cache');
      return { pictures: found.map((picture) => wirePicture(id, picture)) };
    },
  );

  server.get(
    '/api/v1/sources/:id/pictures/:number',
    {
      schema: {
        params: ONE,
        querystring: SIZE,
        response: {
          200: { content: { 'image/webp': { schema: Type.Any() } } },
          304: Type.Null({ description: 'as it was at the last look' }),
        },
      },
    },
    async (request, reply) => {
      const { id, number } = request.params;
      const { size = 'full' } = request.query;
      const { document } = await readSource(id, { app, staff, request });
      const found = (await pictures.list(document, requestSignal(reply))).find(
        (one) => one.number === number,
      );
      if (!found) throw new AnswerboxError('not_found', { what: `picture ${number}` });
      const etag = `"${found.version}-${size}"`;
      void reply.headers({
        etag,
        // Kept by the browser, and asked for again each time: who may see it may change.
        'cache-control': 'private, no-cache',
        'content-security-policy': "sandbox; default-src 'none'",
      });
      if (request.headers['if-none-match'] === etag) return reply.status(304).send(null);
      return reply.type('image/webp').send(Buffer.from(size === 'full' ? found.full : found.thumbnail));
    },
  );
}

function wirePicture(id: string, { number, alt, page, width, height }: SourcePicture) {
  const url = `/api/v1/sources/${encodeURIComponent(id)}/pictures/${number}`;
  return { number, alt, page, width, height, url };
}
