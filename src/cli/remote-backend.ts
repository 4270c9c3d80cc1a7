import type { Static } from '@sinclair/typebox';
import type { AnswerEvent } from '../answer/answer-types.ts';
import type { AnswerTrace } from '../answer/trace/trace-types.ts';
import type { SEARCH_RESULT } from '../api/schemas/knowledge-schema.ts';
import type { JobEvent } from '../api/watch-job.ts';
import { AnswerboxError, ERROR_TABLE, throwIfCancelled, type ErrorCode } from '../errors.ts';
import type { SourceFile } from '../ingest/ingest-types.ts';
import { readSources } from '../ingest/read-sources.ts';
import type { ControlFile } from '../serve.ts';
import type { Ask, Backend } from './backend.ts';
import { controlFetch } from './control-fetch.ts';
import { readEventStream } from './read-event-stream.ts';

/** Files and bytes of one upload request. */
const UPLOAD = { files: 50, bytes: 8_000_000 } as const;

/** The same commands through the server that holds the data folder. */
export function createRemoteBackend(
  { url, token, ...control }: Pick<ControlFile, 'url'> & Partial<ControlFile>,
  maxDocumentBytes: number,
): Backend {
  const ask = controlFetch(control);
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Response> => {
    const response = await ask(url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (!response.ok) throw await responseError(response);
    return response;
  };
  const json = async <Result>(response: Response): Promise<Result> => (await response.json()) as Result;

  async function upload(batch: readonly SourceFile[], signal: AbortSignal): Promise<string> {
    const documents = batch.map(({ source, name, bytes, title, url: address, scope }) => ({
      ...scope,
      source,
      name,
      base64: Buffer.from(bytes).toString('base64'),
      title,
      url: address,
    }));
    const response = await call('POST', '/api/v1/documents', { documents }, signal);
    return (await json<{ job_id: string }>(response)).job_id;
  }

  return {
    remote: true,
    answer: (ask, signal) => answerFrom(call, ask, signal),
    trace: async (messageId, signal) =>
      (
        await json<{ trace: AnswerTrace }>(
          await call('GET', `/api/v1/messages/${encodeURIComponent(messageId)}/trace`, undefined, signal),
        )
      ).trace,
    search: async (query, options, signal) =>
      json<Static<typeof SEARCH_RESULT>>(await call('POST', '/api/v1/search', { query, ...options }, signal)),
    async *submitFiles(paths, { signal, scope, onFailure }) {
      let batch: SourceFile[] = [];
      let bytes = 0;
      for await (const file of readSources(paths, { signal, maxBytes: maxDocumentBytes, onFailure })) {
        batch.push({ ...file, scope });
        bytes += file.bytes.byteLength;
        if (batch.length < UPLOAD.files && bytes < UPLOAD.bytes) continue;
        yield await upload(batch, signal);
        [batch, bytes] = [[], 0];
      }
      throwIfCancelled(signal);
      if (batch.length > 0) yield await upload(batch, signal);
    },
    async *followJob(id, signal) {
      const response = await call('GET', `/api/v1/jobs/${id}/events`, undefined, signal);
      yield* readEventStream<JobEvent>(response);
    },
    call: async (method, path, body, signal) => {
      const response = await call(method, path, body, signal);
      return (response.status === 204 ? null : await response.json()) as never;
    },
    removeDemo: async () => (await json<{ removed: number }>(await call('DELETE', '/api/v1/demo'))).removed,
    close: () => Promise.resolve(),
  };
}

type Call = (method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<Response>;

async function* answerFrom(
  call: Call,
  { message, conversationId, mode, filter }: Ask,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const response = await call(
    'POST',
    '/api/v1/chat',
    { message, conversation_id: conversationId, mode, filter, stream: true },
    signal,
  );
  for await (const event of readEventStream(response)) {
    if (event.type === 'error') throw errorOf(event.code, event.message);
    yield event;
  }
}

/** What a server said went wrong. */
export async function responseError(response: Response): Promise<Error> {
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return errorOf(error.code, error.message);
  } catch {
    return new AnswerboxError('internal');
  }
}

/** The server's words, under our own code so that the exit status fits. */
export function errorOf(code: string, message: string): Error {
  const error = new AnswerboxError(code in ERROR_TABLE ? (code as ErrorCode) : 'internal');
  error.message = message;
  return error;
}
