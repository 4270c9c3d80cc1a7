import type { Static } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Citation, RequestedMode } from '../../answer/answer-types.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { logFailure } from '../../observability/log-options.ts';
import type { Server } from '../build-server.ts';
import { eventStream, openEvents, sendEventStream } from '../event-stream.ts';
import { completeByGenerator } from '../openai/complete-by-generator.ts';
import { completeByPath } from '../openai/complete-by-path.ts';
import { completionBlocks } from '../openai/completion-blocks.ts';
import { gatherCompletion, type CompletionEvent } from '../openai/completion-events.ts';
import { completionShape, type CompletionKind } from '../openai/completion-shape.ts';
import { IGNORED_HEADER, ignoredParameters } from '../openai/ignored-parameters.ts';
import { readMessages, type ReadMessages } from '../openai/read-messages.ts';
import { readStops } from '../openai/read-stops.ts';
import { generatorNamed, requireModel, servedModels, WHOLE_PATH } from '../openai/served-models.ts';
import { asKnown, isLeaving } from '../plugins/error-exit.ts';
import { requestSignal } from '../request-signal.ts';
import {
  CHAT_COMPLETION,
  CHAT_COMPLETION_REQUEST,
  COMPLETION_QUERY,
  TEXT_COMPLETION,
  TEXT_COMPLETION_REQUEST,
} from '../schemas/openai-schema.ts';
import { sourcePagePath } from './source-page.ts';

/** What both kinds of request have in common. */
type CompletionRequest = Omit<Static<typeof TEXT_COMPLETION_REQUEST>, 'prompt'> & {
  max_completion_tokens?: number | null;
};

/** `model: answerbox` is the whole question path; a generator's own name is that generator alone. */
export function addCompletionRoutes(server: Server, app: App): void {
  server.post(
    '/v1/chat/completions',
    {
      bodyLimit: app.config.max_request_bytes,
      schema: {
        body: CHAT_COMPLETION_REQUEST,
        querystring: COMPLETION_QUERY,
        response: { 200: CHAT_COMPLETION },
      },
    },
    async (request, reply) => {
      const { body, query } = request;
      const wanted = { ...body, ...query };
      return complete(app, 'chat', wanted, readMessages(body.messages), { request, reply }) as never;
    },
  );

  server.post(
    '/v1/completions',
    {
      bodyLimit: app.config.max_request_bytes,
      schema: {
        body: TEXT_COMPLETION_REQUEST,
        querystring: COMPLETION_QUERY,
        response: { 200: TEXT_COMPLETION },
      },
    },
    async (request, reply) => {
      const { body, query } = request;
      const messages = readMessages([{ role: 'user', content: promptOf(body.prompt) }]);
      return complete(app, 'text', { ...body, ...query }, messages, { request, reply }) as never;
    },
  );
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

async function complete(
  app: App,
  kind: CompletionKind,
  body: CompletionRequest,
  messages: ReadMessages,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const { id: model } = requireModel(servedModels(app, 0), body.model, 'completions');
  if ((body.n ?? 1) > 1)
    throw new AnswerboxError('parameter_unsupported', { param: 'n', reason: 'there is one answer only' });
  const ignored = ignoredParameters({ ...body }, model === WHOLE_PATH ? 'path' : 'generator');
  if (ignored !== '') void reply.header(IGNORED_HEADER, ignored);
  const includeUsage = body.stream_options?.include_usage === true;
  const shape = completionShape({ kind, model, includeUsage });
  const signal = requestSignal(reply);
  const events =
    model === WHOLE_PATH
      ? await byPath(app, body, messages, { request, signal })
      : byGenerator(app, { ...body, model }, messages, signal);
  if (body.stream !== true) {
    const { text, end } = await gatherCompletion(events);
    return reply.header('cache-control', 'no-store').send(shape.whole(text, end));
  }
  const opened = await openEvents(events);
  const explain = (error: unknown): AnswerboxError | null => {
    if (isLeaving(error)) return null;
    logFailure(request, error, 'a completion broke off');
    return asKnown(error);
  };
  return sendEventStream(reply, eventStream(completionBlocks(opened, shape, explain)));
}

async function byPath(
  app: App,
  { mode, conversation_id, metadata, user, citations }: CompletionRequest,
  { history, question }: ReadMessages,
  { request, signal }: { request: FastifyRequest; signal: AbortSignal },
): Promise<AsyncGenerator<CompletionEvent>> {
  if (conversation_id !== undefined && !(await app.conversations.hasConversation(conversation_id))) {
    throw new AnswerboxError('conversation_not_found', { id: conversation_id, param: 'conversation_id' });
  }
  const base = `${request.protocol}://${request.host}`;
  return completeByPath(
    app,
    {
      question,
      history,
      address: request.ip,
      metadata: { ...metadata, ...(user && { user }), source: 'openai' },
      listed: citations === 'markdown',
      urlOf: (citation: Citation) => base + sourcePagePath(citation),
      ...(mode !== undefined && { mode: mode as RequestedMode }),
      ...(conversation_id !== undefined && { conversationId: conversation_id }),
    },
    signal,
  );
}

function byGenerator(
  app: App,
  { model, max_tokens, max_completion_tokens, stop }: CompletionRequest,
  messages: ReadMessages,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent> {
  const generator = generatorNamed(app, model);
  if (!generator) throw new Error('a generator was named that is not there');
  const maxTokens = max_completion_tokens ?? max_tokens ?? null;
  const wanted = { ...messages, maxTokens, stops: readStops(stop) };
  return completeByGenerator(generator, wanted, app.answerTools.tokens, signal);
}

function promptOf(prompt: unknown): string {
  const one: unknown = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt;
  if (typeof one === 'string') return one;
  throw new AnswerboxError('parameter_unsupported', {
    param: 'prompt',
    reason: 'it is one text; token ids and several prompts at once are not taken',
  });
}
