import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AnswerboxError, hasCode } from '../../errors.ts';
import { logFailure, saidBy } from '../../observability/log-options.ts';
import { logReason } from '../../observability/mask-log.ts';
import { isProgramPath, openAiError, openAiStatus, retryHeaders } from '../openai/error-body.ts';

const SERVED_TO_PROGRAMS =
  ' (served are /v1/chat/completions, /v1/completions, /v1/embeddings, /v1/rerank, /v2/rerank and /v1/models)';

/** The one exit for failures: known ones keep their status and words, the rest is hidden and logged. */
export function addErrorExit(server: FastifyInstance, noticed: (error: AnswerboxError) => void): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const known = asKnown(error, request);
    noticed(known);
    if (known.status >= 500) logFailure(request, error, known.code);
    else request.log.info({ code: known.code, why: logReason(known, saidBy(request)) }, 'refused');
    return sendError(reply, request, known);
  });
  server.setNotFoundHandler((request, reply) =>
    sendError(
      reply,
      request,
      new AnswerboxError('not_found', {
        what: `route ${request.method} ${request.url.slice(0, 200)}${isProgramPath(request.url) ? SERVED_TO_PROGRAMS : ''}`,
      }),
    ),
  );
}

export function wireError(error: AnswerboxError, requestId: string) {
  return { code: error.code, message: error.message, request_id: requestId };
}

function sendError(reply: FastifyReply, request: FastifyRequest, error: AnswerboxError): FastifyReply {
  if (isProgramPath(request.url)) {
    return reply
      .headers(retryHeaders(error))
      .status(openAiStatus(error))
      .type('application/json; charset=utf-8')
      .send(openAiError(error));
  }
  const { 'retry-after': seconds } = retryHeaders(error);
  if (seconds !== undefined) void reply.header('retry-after', seconds);
  return reply.status(error.status).send({ error: wireError(error, request.id) });
}

/** @returns the failure as a row of the table; `internal` when it is none of ours. */
export function asKnown(error: unknown, request?: FastifyRequest): AnswerboxError {
  if (error instanceof AnswerboxError) return error;
  const { code, validation, statusCode, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') {
    const limit = request?.routeOptions.bodyLimit ?? 0;
    return new AnswerboxError('request_too_large', { limit }, error);
  }
  // A form without a border is the sender's mistake; its reader throws a plain error.
  if (message?.startsWith('Multipart: '))
    return new AnswerboxError('request_invalid', { reason: message }, error);
  if (validation || (statusCode !== undefined && statusCode >= 400 && statusCode < 500)) {
    const reason = (message ?? 'see the API page').replace(/\.$/, '');
    const param = validation?.[0]?.instancePath.split('/')[1];
    return new AnswerboxError('request_invalid', { reason, ...(param && { param }) }, error);
  }
  return new AnswerboxError('internal', {}, error);
}

/** True for failures that only mean that the asker has left. */
export function isLeaving(error: unknown): boolean {
  return hasCode(error, 'cancelled');
}
