import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import type { App } from '../../app.ts';
import { attachmentKind, attachmentName, ATTACHMENTS } from '../../desk/attachment-kind.ts';
import { languageOfThread } from '../../desk/language-of-thread.ts';
import { countAsAnswer, threadOrThrow } from '../../desk/work-thread.ts';
import { AnswerboxError } from '../../errors.ts';
import { canReadPictures } from '../../ingest/parse/read-picture.ts';
import { sayIn, type Say } from '../../messages/say.ts';
import type { AttachmentRecord } from '../../stores/attachment-contracts.ts';
import type { Server } from '../build-server.ts';
import { downloadHeaders } from '../download-headers.ts';
import { requestSignal } from '../request-signal.ts';
import { ATTACHMENT, orNull } from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { actorOf } from '../staff-actor.ts';
import { wireAttachment } from '../wire-desk.ts';

const ADDED = Type.Intersect([
  ATTACHMENT,
  Type.Object({
    text: orNull(Type.String({ description: 'what could be read in it, to be sent as a question' })),
    note: orNull(Type.String({ description: 'why nothing could be read in it' })),
  }),
]);
const ONE = Type.Object({ id: Type.String(), attachment: Type.String() });

/** Bytes of a multipart request besides its file. */
const FRAME_BYTES = 16_384;

/** Files in conversations: from the customer by the conversation's id, from staff by the thread's. */
export function addAttachmentRoutes(server: Server, app: App, gate: CustomerGate): void {
  const { desk, config } = app;
  const bodyLimit = Math.max(1, config.max_attachment_bytes + FRAME_BYTES);

  const readUpload = async (request: FastifyRequest): Promise<{ name: string; content: Buffer }> => {
    const limit = config.max_attachment_bytes;
    if (limit === 0) throw new AnswerboxError('attachments_off');
    const file = request.isMultipart()
      ? await request.file({ limits: { fileSize: limit, files: 1 }, throwFileSizeLimit: false })
      : undefined;
    if (!file)
      throw new AnswerboxError('request_invalid', { reason: 'send one file as multipart/form-data' });
    const name = attachmentName(file.filename);
    const content = await file.toBuffer();
    if (file.file.truncated) throw new AnswerboxError('attachment_too_large', { name, limit });
    return { name, content };
  };
  const keep = async (
    file: { name: string; content: Buffer },
    conversationId: string,
    threadId: string,
    sender: { from: 'customer' | 'staff'; id: string; name: string },
  ): Promise<AttachmentRecord> => {
    const mediaType = await attachmentKind(file.name, file.content);
    const { from, ...author } = sender;
    const added = await desk.attachments.add(
      { ...file, mediaType, conversationId, from, author },
      ATTACHMENTS.most,
    );
    if (!added) throw new AnswerboxError('attachments_full', { limit: ATTACHMENTS.most });
    desk.hub.changed(threadId);
    return added;
  };
  const send = async (reply: FastifyReply, conversationId: string, id: string): Promise<FastifyReply> => {
    const found = await desk.attachments.read(conversationId, id);
    if (!found) throw new AnswerboxError('attachment_not_found', { id });
    const headers = downloadHeaders({ source: found.name, mediaType: found.mediaType });
    return reply
      .headers({ ...headers, 'cache-control': 'private, no-store' })
      .send(Buffer.from(found.content));
  };

  server.post(
    '/api/v1/conversations/:id/attachments',
    { bodyLimit, schema: { params: ID_PARAMETERS, response: { 201: ADDED } } },
    async (request, reply) => {
      const { id } = request.params;
      const thread = await desk.tools.store.threadOf(id);
      if (!thread) throw new AnswerboxError('conversation_not_found', { id });
      await gate.admit({ visitor: id, address: request.ip, anonymousStart: false });
      const file = await readUpload(request);
      const added = await keep(file, id, thread.id, { from: 'customer', id: '', name: '' });
      await desk.messageStored(id, 'customer');
      const read = await readText(
        app,
        added,
        file.content,
        sayIn((await languageOfThread(thread, desk.tools)) ?? 'en'),
        requestSignal(reply),
      );
      return reply.status(201).send({ ...wireAttachment(added), ...read });
    },
  );

  server.get(
    '/api/v1/conversations/:id/attachments/:attachment',
    { schema: { params: ONE } },
    async ({ params: { id, attachment } }, reply) => send(reply, id, attachment),
  );

  server.post(
    '/api/v1/threads/:id/attachments',
    { bodyLimit, schema: { params: ID_PARAMETERS, response: { 201: ATTACHMENT } } },
    async (request, reply) => {
      const thread = await threadOrThrow(request.params.id, desk.tools);
      const actor = actorOf(request);
      const file = await readUpload(request);
      const { id, name } = actor;
      const added = await keep(file, thread.conversationId, thread.id, { from: 'staff', id, name });
      const { lastSequence } = await threadOrThrow(thread.id, desk.tools);
      await countAsAnswer(thread, lastSequence, actor, desk.tools);
      return reply.status(201).send(wireAttachment(added));
    },
  );

  server.get(
    '/api/v1/threads/:id/attachments/:attachment',
    { schema: { params: ONE } },
    async ({ params: { id, attachment } }, reply) =>
      send(reply, (await threadOrThrow(id, desk.tools)).conversationId, attachment),
  );
}

/** The text in a file, as short as a question may be; why not, where there is none. Nothing of it is thrown. */
async function readText(
  { parser }: App,
  { name, mediaType }: AttachmentRecord,
  bytes: Uint8Array,
  say: Say,
  signal: AbortSignal,
): Promise<{ text: string | null; note: string | null }> {
  if (mediaType.startsWith('image/') && !(await canReadPictures()))
    return { text: null, note: say('desk.pictureUnread') };
  try {
    const parsed = await parser.parse({ source: name, name, bytes, mediaType }, signal);
    const text = parsed.document.text.trim().slice(0, ATTACHMENTS.textCharacters);
    return text === '' ? { text: null, note: say('desk.fileUnread') } : { text, note: null };
  } catch {
    // Whatever ails the file, it is stored, and a person can look at it.
    return { text: null, note: say('desk.fileUnread') };
  }
}
