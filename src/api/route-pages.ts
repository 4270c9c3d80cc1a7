import type { RouteOptions } from 'fastify';
import { isPublicRoute } from '../auth/route-access.ts';
import { DESK_ROUTE_PAGES } from './desk-route-pages.ts';

/** What the API's pages say of each group of routes. */
export const ROUTE_TAGS = {
  chat: 'Questions and conversations of customers',
  knowledge: 'The documents that answers come from',
  shop: 'Products, orders and the shop itself',
  openai: 'What OpenAI’s and Cohere’s clients call',
  desk: 'Conversations that people take over, tickets, customers',
  staff: 'Signing in, users, keys',
  server: 'The server’s own state',
} as const;

type Page = [tag: keyof typeof ROUTE_TAGS, summary: string, description?: string];

/** One line for each route; a route may also bring a summary and tags of its own. */
const ROUTE_PAGES: Readonly<Record<string, Readonly<Page>>> = {
  ...DESK_ROUTE_PAGES,
  'POST /api/v1/chat': [
    'chat',
    'Answer a question',
    'The answer as JSON; with "stream": true or Accept: text/event-stream its events as server-sent events. With an "id" of your own the same request may be sent again after a broken line: it is asked and answered once.',
  ],
  'GET /api/v1/chat/ws': [
    'chat',
    'Answer questions over a WebSocket',
    'Send {"type": "question", "id", "message", "conversation_id"?} with an id of your own (20 to 64 letters, digits, - or _). The events are those of POST /api/v1/chat, each with your "id" and numbered by "sequence". After a broken line send {"type": "resume", "id", "after": last sequence} and the rest follows; the same question under the same id is never answered twice. {"type": "cancel", "id"} ends an answer. {"type": "follow", "id": conversation, "after": last sequence} tells all that happens in a conversation.',
  ],
  'DELETE /api/v1/chat/:id': ['chat', 'Stop an answer that was asked for under an id of your own'],
  'GET /api/v1/conversations/:id': ['chat', 'Read a conversation back'],
  'POST /api/v1/conversations/:id/feedback': [
    'chat',
    'Rate an answer',
    'Tied to the message; the last word counts.',
  ],
  'POST /api/v1/conversations/:id/handover': ['chat', 'Ask for a person'],
  'POST /api/v1/memory': ['chat', 'What a customer agreed to have remembered', 'Shown, allowed or erased.'],
  'POST /api/v1/search': ['knowledge', 'Find passages, with the score of every stage'],
  'POST /api/v1/documents': [
    'knowledge',
    'Add documents',
    'As multipart files or as JSON {"documents": [{"text" or "base64", "title"?, "source"?, …}]}; a job reads them in.',
  ],
  'GET /api/v1/documents': ['knowledge', 'List the documents'],
  'POST /api/v1/documents/reread': [
    'knowledge',
    'Read kept originals again',
    'With the parsers of today; only passages that come out otherwise are embedded. All documents, or those of "ids", of one "source" (the id of a site or folder, "documents" or "demo"), of one "format" ("pdf", "docx", …), or those that a filter of the list finds. Answers with the job.',
  ],
  'GET /api/v1/documents/:id': ['knowledge', 'Read a document and its text'],
  'DELETE /api/v1/documents/:id': ['knowledge', 'Remove a document'],
  'GET /api/v1/documents/:id/original': ['knowledge', 'Download a document as it came'],
  'GET /api/v1/jobs/:id': ['knowledge', 'How far a job is'],
  'GET /api/v1/jobs': ['knowledge', 'List the jobs'],
  'GET /api/v1/jobs/:id/events': ['knowledge', 'Follow a job, as server-sent events'],
  'POST /api/v1/jobs/:id/pause': ['knowledge', 'Pause a job'],
  'POST /api/v1/jobs/:id/resume': ['knowledge', 'Go on with a paused job'],
  'POST /api/v1/jobs/:id/cancel': ['knowledge', 'Cancel a job; what is stored stays'],
  'POST /api/v1/jobs/:id/retry': ['knowledge', 'Try failed files again'],
  'GET /api/v1/documents/:id/versions': ['knowledge', 'Earlier versions of a document'],
  'GET /api/v1/documents/:id/versions/:version/original': ['knowledge', 'Download an earlier version'],
  'POST /api/v1/documents/:id/versions/:version/restore': ['knowledge', 'Restore an earlier version'],
  'GET /api/v1/knowledge/sources': ['knowledge', 'Sites and folders that are followed'],
  'POST /api/v1/knowledge/sources': ['knowledge', 'Follow a site or a folder'],
  'GET /api/v1/knowledge/sources/:id': ['knowledge', 'Read one of them'],
  'PATCH /api/v1/knowledge/sources/:id': [
    'knowledge',
    'Change how it is followed',
    'Schedule, depth, most pages, patterns, and what is said of its documents; what is left out stays, null takes back what was said. It holds from the next visit on.',
  ],
  'DELETE /api/v1/knowledge/sources/:id': ['knowledge', 'Stop following it, and remove its documents'],
  'POST /api/v1/knowledge/sources/:id/visit': ['knowledge', 'Visit it now'],
  'GET /api/v1/knowledge/health': ['knowledge', 'What the last check of the documents found'],
  'POST /api/v1/knowledge/regression-questions/run': [
    'knowledge',
    'Ask every test question again',
    'By the search alone. A question is found when its document is among the first five.',
  ],
  'PUT /api/v1/knowledge/findings/:id': [
    'knowledge',
    'Dismiss a finding of the last check, or take that back',
    'A finding that was dismissed is left out of reports until one of the documents behind it changes.',
  ],
  'POST /api/v1/knowledge/health': ['knowledge', 'Check the documents'],
  'DELETE /api/v1/knowledge/health': ['knowledge', 'Stop a check of the documents'],
  'GET /api/v1/knowledge/duplicates': ['knowledge', 'Passages that say nearly the same, in groups'],
  'POST /api/v1/knowledge/gaps/:id/approve': ['knowledge', 'Make a document of a drafted article'],
  'POST /api/v1/knowledge/gaps/:id/dismiss': ['knowledge', 'Dismiss a drafted article'],
  'GET /api/v1/maintenance': ['server', 'When the indexes were last kept up, and what it did'],
  'POST /api/v1/maintenance': ['server', 'Keep the indexes up now'],
  'GET /api/v1/backups': ['server', 'Backups made by schedule'],
  'POST /api/v1/backups': [
    'server',
    'Download a backup made now',
    'The whole file; "answerbox backup verify" reads it. Owners alone.',
  ],
  'GET /api/v1/decisions/preview': ['server', 'What each error rate does to answers and hand-overs'],
  'GET /api/v1/messages/:id/trace': ['chat', 'How an answer came about'],
  'GET /api/v1/knowledge/regression-questions': ['knowledge', 'Questions that approved articles must answer'],
  'DELETE /api/v1/jobs/:id': ['knowledge', 'Cancel a job'],
  'GET /api/v1/documents/limits': ['knowledge', 'How much may be sent at once, and in which formats'],
  'GET /api/v1/documents/facets': ['knowledge', 'Count the documents by category, language and audience'],
  'GET /api/v1/documents/:id/chunks': ['knowledge', 'The passages that a document is found by'],
  'GET /api/v1/documents/:id/written': ['knowledge', 'The source of a document, as it is written'],
  'PUT /api/v1/documents/:id/written': [
    'knowledge',
    'Write the source of a document anew',
    'Formats of text alone. "sha256" is that of the text which was changed; with another one there now it is refused. A job does it; what was there becomes a version, and the document’s site or folder does not undo it until its bytes there change.',
  ],
  'PUT /api/v1/documents/:id/original': [
    'knowledge',
    'Put another file in the place of a document',
    '"base64" are its bytes; with "sha256", that of the original which it is to replace, it is refused where another one is there now. A job does it; what was there becomes a version, and the document’s site or folder does not undo it until its bytes there change.',
  ],
  'PUT /api/v1/documents/:id/enabled': ['knowledge', 'Take a document out of retrieval, or let it back in'],
  'PUT /api/v1/documents/:id/chunks/:passage/enabled': [
    'knowledge',
    'Take one passage out of retrieval, or let it back in',
    'It stays so when the document is read again, until the words of the passage change.',
  ],
  'PATCH /api/v1/documents/:id': [
    'knowledge',
    'Change what is said of a document',
    'Category, language, audience, dates and owner; null takes back what was given. A job does it.',
  ],
  'POST /api/v1/search/why-not': ['knowledge', 'Why a document was not found, with its scores'],
  'GET /api/v1/knowledge/questions': ['knowledge', 'Questions that customers asked, and their outcomes'],
  'POST /api/v1/knowledge/regression-questions': ['knowledge', 'Make a question one that must be found'],
  'DELETE /api/v1/knowledge/regression-questions': ['knowledge', 'Forget such a question'],
  'GET /api/v1/settings': ['server', 'The settings in force'],
  'PUT /api/v1/settings/error-rate': ['server', 'Set how often answers may be wrong, from now on'],
  'DELETE /api/v1/settings/error-rate': ['server', 'Go back to the error rate of the configuration'],
  'GET /api/v1/settings/search': ['server', 'What the search weighs by'],
  'PUT /api/v1/settings/search': ['server', 'Set what the search weighs by, from now on'],
  'DELETE /api/v1/settings/search': ['server', 'Go back to the weights that ship'],
  'GET /api/v1/models': ['server', 'What is installed, and how the model process is'],
  'POST /api/v1/models/verify': ['server', 'Compare every model file with its checksum'],
  'POST /api/v1/doctor': ['server', 'Check this machine, the models and the stores'],
  'GET /api/v1/live': ['desk', 'Who is in which conversation, and what the assistant is doing'],
  'GET /api/v1/sources/:id': ['knowledge', 'The text that citations are slices of'],
  'GET /api/v1/documents/export': ['knowledge', 'Export the list of documents as CSV or JSON'],
  'GET /api/v1/jobs/export': ['knowledge', 'Export the list of imports as CSV or JSON'],
  'GET /api/v1/knowledge/health/export': [
    'knowledge',
    'Export the findings of the last check as CSV or JSON',
  ],
  'GET /api/v1/knowledge/sources/export': [
    'knowledge',
    'Export the list of sites and folders as CSV or JSON',
  ],
  'GET /api/v1/knowledge/regression-questions/export': ['knowledge', 'Export these questions as CSV or JSON'],
  'GET /api/v1/knowledge/questions/export': ['knowledge', 'Export the questions asked as CSV or JSON'],
  'GET /api/v1/products/export': ['shop', 'Export the products as CSV or JSON'],
  'GET /api/v1/orders/export': ['shop', 'Export the orders as CSV or JSON'],
  'GET /api/v1/sources/:id/pictures': ['knowledge', 'The pictures of a source, or those near a passage'],
  'GET /api/v1/sources/:id/pictures/:number': ['knowledge', 'One of them, drawn anew as WebP'],
  'GET /sources/:id': ['knowledge', 'A page that shows a source with a quote marked'],
  'GET /sources/page.css': ['knowledge', 'The style of that page'],
  'DELETE /api/v1/demo': ['shop', 'Remove the demo shop for good'],
  'GET /api/v1/shop': ['shop', 'Who answers here'],
  'GET /api/v1/products': ['shop', 'List the products'],
  'GET /api/v1/products/search': ['shop', 'Find products by words and properties'],
  'GET /api/v1/products/:code': ['shop', 'Read a product'],
  'POST /api/v1/products/import': ['shop', 'Import products from CSV or JSON'],
  'GET /api/v1/orders': ['shop', 'List the orders'],
  'GET /api/v1/orders/:number': ['shop', 'Read an order'],
  'POST /api/v1/orders/import': ['shop', 'Import orders from CSV or JSON'],
  'POST /v1/chat/completions': [
    'openai',
    'Complete a chat',
    'Model "answerbox" is the whole question path: the last user message is answered from the documents, markers such as [1] stay in the text, message.annotations names their sources, and "answerbox" holds the whole answer. A generator’s own name runs that model alone, without documents or checks.',
  ],
  'POST /v1/completions': ['openai', 'Complete a text', 'As the chat, with one prompt.'],
  'POST /v1/embeddings': ['openai', 'Embed texts'],
  'POST /v1/rerank': ['openai', 'Order documents by relevance', 'The shape of Cohere’s version 1.'],
  'POST /v2/rerank': ['openai', 'Order documents by relevance', 'The shape of Cohere’s version 2.'],
  'GET /v1/models': ['openai', 'List the models'],
  'GET /v1/models/:model': ['openai', 'Read one model'],
  'GET /healthz': ['server', 'Alive'],
  'GET /readyz': ['server', 'Able to answer'],
  'GET /api/v1/caches': ['server', 'How often questions were answered from what is kept'],
  'GET /metrics': [
    'server',
    'Figures for Prometheus',
    'Read by setting "metrics": from this machine, with a key, or by all.',
  ],
};

/** Pages and files; not part of the API. */
const NOT_IN_API = /^\/(docs(\/|$)|\*$)/;

/** Gives a route what the table says of it, before the schemas become the API's pages. */
export function describeRoute(route: RouteOptions): void {
  const methods = [route.method].flat().filter((method) => method !== 'HEAD');
  const name = `${methods[0] ?? 'GET'} ${route.url}`;
  if (NOT_IN_API.test(route.url)) {
    route.schema = { ...route.schema, hide: true };
    return;
  }
  const [tag, summary, description] = ROUTE_PAGES[name] ?? [];
  route.schema = {
    ...(tag && summary && { tags: [tag], summary }),
    ...(description && { description }),
    ...(!isPublicRoute(methods[0] ?? 'GET', route.url) && { security: [{ key: [] }] }),
    // A route that changes something and says nothing of its response has none.
    ...(methods[0] !== 'GET' && { response: { 204: { type: 'null', description: 'Done.' } } }),
    ...route.schema,
  };
}
