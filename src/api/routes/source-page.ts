import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import type { Citation } from '../../answer/answer-types.ts';
import { PROFILE_DOCUMENT, profileTitle } from '../../answer/read-profile.ts';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { readSource } from '../read-source.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';

const OFFSET = Type.Optional(Type.Integer({ minimum: 0, description: 'UTF-16 units of the text' }));
const PASSAGE = Type.Object({ start: OFFSET, end: OFFSET });

/** Path of the page that shows a citation's source with the quote marked and in view. */
export function sourcePagePath({ document_id, start, end }: Citation): string {
  return `/sources/${encodeURIComponent(document_id)}?start=${start}&end=${end}#quote`;
}

/** What a citation's address opens in any browser: plain HTML, no script, nothing from elsewhere. */
export function addSourcePage(server: Server, app: App, staff: StaffCheck): void {
  server.get(
    '/sources/:id',
    {
      schema: {
        params: ID_PARAMETERS,
        querystring: PASSAGE,
        response: { 200: { content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const { start = 0, end = 0 } = request.query;
      const { title: plainTitle, text } = await readPage(app, staff, request, request.params.id);
      const title = escapeHtml(plainTitle);
      const [before, quote, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
      const marked =
        end > start && quote !== ''
          ? `${escapeHtml(before)}<mark id="quote">${escapeHtml(quote)}</mark>${escapeHtml(after)}`
          : escapeHtml(text);
      const page = `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/sources/page.css"></head>
<body><main><h1>${title}</h1><div class="text">${marked}</div></main></body></html>`;
      // What one may see is not for the next: no cache between keeps it.
      return reply.header('cache-control', 'private, no-cache').type('text/html; charset=utf-8').send(page);
    },
  );

  server.get(
    '/sources/page.css',
    { schema: { response: { 200: { content: { 'text/css': { schema: Type.String() } } } } } },
    async (_request, reply) =>
      reply
        .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=86400' })
        .send(PAGE_STYLE as never),
  );
}

/** A document, or the shop's profile, which is cited like one. @throws document_not_found */
async function readPage(
  app: App,
  staff: StaffCheck,
  request: FastifyRequest,
  id: string,
): Promise<{ title: string; text: string }> {
  const { shop } = app;
  if (id === PROFILE_DOCUMENT) return { title: profileTitle(shop.facts()), text: shop.facts().text };
  const { document, text } = await readSource(id, { app, staff, request });
  return { title: document.title, text };
}

const PAGE_STYLE = `:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; padding: 1.5rem; }
main { max-width: 44rem; margin: 0 auto; }
h1 { font-size: 1.4rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { scroll-margin: 30vh; padding: 0.1em 0; }
`;

function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => named[mark] ?? mark);
}
