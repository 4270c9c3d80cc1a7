import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import { STAGES, type Answer, type AnswerEvent } from '../../answer/answer-types.ts';
import { AnswerboxError, ERROR_TABLE, type ErrorCode } from '../../errors.ts';
import { logFailure } from '../../observability/log-options.ts';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { eventStream, openEvents, sendEventStream } from '../event-stream.ts';
import { asKnown, isLeaving, wireError } from '../plugins/error-exit.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { readQuestion } from '../read-question.ts';
import { requestSignal } from '../request-signal.ts';
import { ANSWER, CHAT_REQUEST, QUESTION_ID } from '../schemas/answer-schema.ts';
import type { AnswerLogs } from '../socket/answer-logs.ts';
import { toldEvents } from '../told-events.ts';

export interface ChatParts {
  staff: StaffCheck;
  gate: CustomerGate;
  logs: AnswerLogs;
}

export function addChatRoutes(server: Server, app: App, { staff, gate, logs }: ChatParts): void {
  server.post(
    '/api/v1/chat',
    { schema: { body: CHAT_REQUEST, response: { 200: ANSWER } } },
    async (request, reply) => {
      const asked = await readQuestion(request.body, { app, staff, gate, request });
      const signal = requestSignal(reply);
      const { id } = request.body;
      const answering =
        id === undefined
          ? app.answer({ ...asked, signal })
          : heldEvents(toldEvents(await logs.open(id, asked), 0, signal), signal);
      if (request.body.stream === true || request.headers.accept?.includes('text/event-stream')) {
        // First, so that a refusal goes out as JSON with its status and not through the stream's headers.
        const events = await openEvents(answering);
        return sendEventStream(reply, eventStream(answerBlocks(events, request))) as never;
      }
      const answer = await wholeAnswer(answering);
      return reply
        .headers({ 'cache-control': 'no-store', 'server-timing': stageTimings(answer) })
        .send(answer);
    },
  );

  // A line that is closed may only be broken; who wants no more of an answer says so.
  server.delete(
    '/api/v1/chat/:id',
    { schema: { params: Type.Object({ id: QUESTION_ID }) } },
    async ({ params: { id } }, reply) => {
      if (!logs.cancel(id)) throw new AnswerboxError('answer_not_found', { id });
      return reply.status(204).send();
    },
  );

  server.get('/api/v1/challenge', { schema: { response: { 200: CHALLENGE } } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return gate.challenge() ?? { challenge: '', bits: 0, expires_at: '' };
  });
}

const CHALLENGE = Type.Object({
  challenge: Type.String({ description: 'send it back as "proof.challenge"; empty when none is asked for' }),
  bits: Type.Integer({
    description: 'zero bits with which SHA-256 of challenge, a full stop and "proof.nonce" must begin',
  }),
  expires_at: Type.String(),
});

/** What is told from a log, as the path tells it: its failure is thrown, its answer returned. */
async function* heldEvents(
  events: AsyncGenerator<AnswerEvent>,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, Answer> {
  for await (const event of events) {
    if (event.type === 'error') throw new ToldFailure(event);
    yield event;
    if (event.type === 'answer-end') return event.answer;
  }
  throw new AnswerboxError('cancelled', {}, signal.reason);
}

/** A failure that was put into words when it happened. */
class ToldFailure extends AnswerboxError {
  constructor({ code, message }: Extract<AnswerEvent, { type: 'error' }>) {
    super(Object.hasOwn(ERROR_TABLE, code) ? (code as ErrorCode) : 'internal');
    this.message = message;
  }
}

/** Answer events as server-sent events; a failure in mid-stream is an `error` event, the last one. */
async function* answerBlocks(
  events: AsyncIterable<AnswerEvent>,
  request: FastifyRequest,
): AsyncGenerator<string> {
  let sequence = 0;
  const block = (event: AnswerEvent): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  try {
    for await (const event of events) {
      sequence = event.sequence;
      yield block(event);
    }
  } catch (error) {
    if (isLeaving(error)) return;
    logFailure(request, error, 'an answer broke off');
    yield block({ sequence: sequence + 1, type: 'error', ...wireError(asKnown(error), request.id) });
  }
}

/** Server-Timing of the stages that took any time. https://www.w3.org/TR/server-timing/ */
function stageTimings({ timings_ms }: Answer): string {
  return STAGES.filter((stage) => timings_ms[stage] > 0)
    .map((stage) => `${stage};dur=${timings_ms[stage]}`)
    .join(', ');
}

async function wholeAnswer(events: AsyncGenerator<AnswerEvent, Answer>): Promise<Answer> {
  for (;;) {
    const step = await events.next();
    if (step.done) return step.value;
  }
}
