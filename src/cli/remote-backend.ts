import { setTimeout as wait } from 'node:timers/promises';
import type { Static } from '@sinclair/typebox';
import type { AnswerEvent } from '../answer/answer-types.ts';
import type { DOCUMENT, JOB, SEARCH_RESULT } from '../api/schemas/knowledge-schema.ts';
import { AnswerboxError, ERROR_TABLE, throwIfCancelled, type ErrorCode } from '../errors.ts';
import type { FileOutcome, SourceFile } from '../ingest/ingest-types.ts';
import type { ControlFile } from '../serve.ts';
import type { Ask, Backend } from './backend.ts';
import { readEventStream } from './read-event-stream.ts';

/** Files and bytes of one upload request. */
const UPLOAD = { files: 50, bytes: 8_000_000 } as const;
const POLL_MS = 150;

/** The same commands through the server that holds the data folder. */
export function createRemoteBackend({
  url,
  token,
}: Pick<ControlFile, 'url'> & Partial<ControlFile>): Backend {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Response> => {
    const response = await fetch(url + path, {
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

  async function* upload(batch: readonly SourceFile[], signal: AbortSignal): AsyncGenerator<FileOutcome> {
    const documents = batch.map(({ source, name, bytes, title, url: address, scope }) => ({
      ...scope,
      source,
      name,
      base64: Buffer.from(bytes).toString('base64'),
      title,
      url: address,
    }));
    const { job_id } = await json<{ job_id: string }>(
      await call('POST', '/api/v1/documents', { documents }, signal),
    );
    for (let given = 0; ;) {
      const job = await json<Static<typeof JOB>>(
        await call('GET', `/api/v1/jobs/${job_id}`, undefined, signal),
      );
      for (const item of job.items.slice(given)) {
        if (item.state === 'queued') break;
        given++;
        yield await outcomeOf(item);
      }
      if (given === job.items.length) return;
      await wait(POLL_MS, undefined, { signal });
    }
  }

  async function outcomeOf(item: Static<typeof JOB>['items'][number]): Promise<FileOutcome> {
    if (item.document_id === null) {
      return {
        source: item.source,
        status: 'failed',
        code: item.code ?? 'cancelled',
        message: item.message ?? 'It was cancelled.',
      };
    }
    const document = await json<Static<typeof DOCUMENT>>(
      await call('GET', `/api/v1/documents/${item.document_id}`),
    );
    const status = item.state as 'added' | 'changed' | 'unchanged';
    return {
      source: item.source,
      status,
      documentId: document.id,
      title: document.title,
      chunks: document.chunks,
    };
  }

  return {
    remote: true,
    answer: (ask, signal) => answerFrom(call, ask, signal),
    search: async (query, options, signal) =>
      json<Static<typeof SEARCH_RESULT>>(await call('POST', '/api/v1/search', { query, ...options }, signal)),
    async *ingest(files, signal) {
      let batch: SourceFile[] = [];
      let bytes = 0;
      for await (const file of files) {
        batch.push(file);
        bytes += file.bytes.byteLength;
        if (batch.length < UPLOAD.files && bytes < UPLOAD.bytes) continue;
        yield* upload(batch, signal);
        [batch, bytes] = [[], 0];
      }
      throwIfCancelled(signal);
      if (batch.length > 0) yield* upload(batch, signal);
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
function errorOf(code: string, message: string): Error {
  const error = new AnswerboxError(code in ERROR_TABLE ? (code as ErrorCode) : 'internal');
  error.message = message;
  return error;
}
