import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../answer/answer-types.ts';
import type { AnswerRequest } from '../../answer/answer.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { PUBLIC_AUDIENCE } from '../../stores/contracts.ts';
import type { Server } from '../build-server.ts';
import { eventStream } from '../event-stream.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { requestSignal } from '../request-signal.ts';
import { ANSWER, CHAT_REQUEST } from '../schemas/answer-schema.ts';

export function addChatRoutes(server: Server, app: App, staff: StaffCheck): void {
  server.post(
    '/api/v1/chat',
    { schema: { body: CHAT_REQUEST, response: { 200: ANSWER } } },
    async (request, reply) => {
      const { message, conversation_id, mode, language, metadata, filter, stream, identity } = request.body;
      if (filter?.audiences?.some((audience) => audience !== PUBLIC_AUDIENCE)) await staff.require(request);
      if (conversation_id !== undefined && !(await app.conversations.hasConversation(conversation_id))) {
        throw new AnswerboxError('conversation_not_found', { id: conversation_id });
      }
      const question: AnswerRequest = {
        message,
        signal: requestSignal(reply),
        address: request.ip,
        ...(identity !== undefined && { identity: await app.identify(identity) }),
        ...(conversation_id !== undefined && { conversationId: conversation_id }),
        ...(mode !== undefined && { mode }),
        ...(language !== undefined && { language }),
        ...(metadata !== undefined && { metadata }),
        ...(filter !== undefined && { filter }),
      };
      if (stream === true || request.headers.accept?.includes('text/event-stream')) {
        // First, so that a refusal goes out as JSON with its status and not through the stream's headers.
        const events = await openStream(app, question, request);
        return reply
          .headers({
            'content-type': 'text/event-stream; charset=utf-8',
            'cache-control': 'no-store',
            'x-accel-buffering': 'no',
          })
          .serializer((payload: unknown) => payload as string)
          .send(events as never);
      }
      return reply.header('cache-control', 'no-store').send(await wholeAnswer(app, question));
    },
  );
}

/** Waits for the first event, so that a bad question is a plain error with its status, not a stream. */
async function openStream(app: App, question: AnswerRequest, request: FastifyRequest) {
  const events = app.answer(question);
  const first = await events.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* events;
  }
  return eventStream(all(), request.id, (error) => request.log.error({ err: error }, 'an answer broke off'));
}

async function wholeAnswer(app: App, question: AnswerRequest): Promise<Answer> {
  const events = app.answer(question);
  for (;;) {
    const step = await events.next();
    if (step.done) return step.value;
  }
}
