import type { FastifyRequest } from 'fastify';
import { STAGES, type Answer, type AnswerEvent } from '../../answer/answer-types.ts';
import type { AnswerRequest } from '../../answer/answer.ts';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { eventStream, openEvents, sendEventStream } from '../event-stream.ts';
import { asKnown, isLeaving, wireError } from '../plugins/error-exit.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { readQuestion } from '../read-question.ts';
import { requestSignal } from '../request-signal.ts';
import { ANSWER, CHAT_REQUEST } from '../schemas/answer-schema.ts';

export function addChatRoutes(server: Server, app: App, staff: StaffCheck): void {
  server.post(
    '/api/v1/chat',
    { schema: { body: CHAT_REQUEST, response: { 200: ANSWER } } },
    async (request, reply) => {
      const asked = await readQuestion(request.body, { app, staff, request });
      const question: AnswerRequest = { ...asked, signal: requestSignal(reply) };
      if (request.body.stream === true || request.headers.accept?.includes('text/event-stream')) {
        // First, so that a refusal goes out as JSON with its status and not through the stream's headers.
        const events = await openEvents(app.answer(question));
        return sendEventStream(reply, eventStream(answerBlocks(events, request))) as never;
      }
      const answer = await wholeAnswer(app, question);
      return reply
        .headers({ 'cache-control': 'no-store', 'server-timing': stageTimings(answer) })
        .send(answer);
    },
  );
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
    request.log.error({ err: error }, 'an answer broke off');
    yield block({ sequence: sequence + 1, type: 'error', ...wireError(asKnown(error), request.id) });
  }
}

/** Server-Timing of the stages that took any time. https://www.w3.org/TR/server-timing/ */
function stageTimings({ timings_ms }: Answer): string {
  return STAGES.filter((stage) => timings_ms[stage] > 0)
    .map((stage) => `${stage};dur=${timings_ms[stage]}`)
    .join(', ');
}

async function wholeAnswer(app: App, question: AnswerRequest): Promise<Answer> {
  const events = app.answer(question);
  for (;;) {
    const step = await events.next();
    if (step.done) return step.value;
  }
}
