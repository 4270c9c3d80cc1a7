import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AnswerboxError, hasCode } from '../../errors.ts';

/** The one exit for failures: known ones keep their status and words, the rest is hidden and logged. */
export function addErrorExit(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const known = asKnown(error, request);
    if (known.status >= 500) request.log.error({ err: error }, known.code);
    else request.log.info({ code: known.code }, known.message);
    return sendError(reply, request, known);
  });
  server.setNotFoundHandler((request, reply) =>
    sendError(
      reply,
      request,
      new AnswerboxError('not_found', { what: `route ${request.method} ${request.url.slice(0, 200)}` }),
    ),
  );
}

export function wireError(error: AnswerboxError, requestId: string) {
  return { code: error.code, message: error.message, request_id: requestId };
}

function sendError(reply: FastifyReply, request: FastifyRequest, error: AnswerboxError): FastifyReply {
  const seconds = error.details['seconds'];
  if ((error.status === 503 || error.status === 429) && typeof seconds === 'number')
    void reply.header('retry-after', String(seconds));
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
  if (validation || (statusCode !== undefined && statusCode >= 400 && statusCode < 500)) {
    return new AnswerboxError(
      'request_invalid',
      { reason: (message ?? 'see the API page').replace(/\.$/, '') },
      error,
    );
  }
  return new AnswerboxError('internal', {}, error);
}

/** True for failures that only mean that the asker has left. */
export function isLeaving(error: unknown): boolean {
  return hasCode(error, 'cancelled');
}
