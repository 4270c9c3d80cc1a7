import { readFile } from 'node:fs/promises';
import type { Static } from '@sinclair/typebox';
import type { AnswerEvent, RequestedMode } from '../answer/answer-types.ts';
import type { AnswerTrace } from '../answer/trace/trace-types.ts';
import type { SEARCH_RESULT } from '../api/schemas/knowledge-schema.ts';
import { readTrace } from '../api/read-trace.ts';
import { searchFilter, wireSearch } from '../api/wire-shapes.ts';
import { watchJob, type JobEvent } from '../api/watch-job.ts';
import { openApp, type App } from '../app.ts';
import type { OpenOptions } from '../composition/opening.ts';
import type { Config } from '../config.ts';
import { fileItem } from '../ingest/jobs/file-item.ts';
import { walkSources, type ReadFailure } from '../ingest/read-sources-walk.ts';
import type { GivenScope } from '../ingest/ingest-types.ts';
import type { DocumentFilter } from '../stores/contracts.ts';
import type { NewJobItem } from '../stores/job-contracts.ts';
import { controlPathOf, type ControlFile } from '../serve.ts';
import { controlFetch } from './control-fetch.ts';
import { createInjectedCaller } from './injected-caller.ts';
import { createRemoteBackend } from './remote-backend.ts';

export interface Ask {
  message: string;
  conversationId?: string;
  mode?: RequestedMode;
  filter?: DocumentFilter;
}

interface SearchAsk {
  limit: number;
  filter?: DocumentFilter & { expired?: boolean };
}

/** What the commands need, whether this process holds the data folder or a running server does. */
export interface Backend {
  readonly remote: boolean;
  answer(ask: Ask, signal: AbortSignal): AsyncIterable<AnswerEvent>;
  /** How an answer came about. @throws trace_not_found */
  trace(messageId: string, signal: AbortSignal): Promise<AnswerTrace>;
  search(query: string, options: SearchAsk, signal: AbortSignal): Promise<Static<typeof SEARCH_RESULT>>;
  /** Hands files over as jobs; one id at a time, the next when it is asked for. What is not read is told apart. */
  submitFiles(
    paths: readonly string[],
    options: { signal: AbortSignal; scope: GivenScope; onFailure: (failure: ReadFailure) => void },
  ): AsyncIterable<string>;
  /** What becomes of a job, until it is over. */
  followJob(id: string, signal: AbortSignal): AsyncIterable<JobEvent>;
  /** A staff route of the API: its answer. @throws what the route answers */
  call<Result>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Result>;
  /** Documents removed with the demo shop. */
  removeDemo(): Promise<number>;
  close(): Promise<void>;
}

/** The running server of this data folder when there is one, else the folder itself. */
export async function openBackend(config: Config, options: OpenOptions): Promise<Backend> {
  const control = await findServer(config);
  return control
    ? createRemoteBackend(control, config.max_document_bytes)
    : openLocalBackend(config, options);
}

/** Null when no server answers on this data folder. */
export async function findServer(config: Config): Promise<ControlFile | null> {
  try {
    const control = JSON.parse(await readFile(controlPathOf(config), 'utf8')) as ControlFile;
    const response = await controlFetch(control)(`${control.url}/healthz`, {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok ? control : null;
  } catch {
    // No file, or one that a killed server left behind.
    return null;
  }
}

async function openLocalBackend(config: Config, options: OpenOptions): Promise<Backend> {
  const app = await openApp(config, options);
  const caller = createInjectedCaller(app);
  return {
    remote: false,
    answer: ({ message, conversationId, mode, filter }, signal) =>
      app.answer({
        message,
        signal,
        ...(conversationId && { conversationId }),
        ...(mode && { mode }),
        ...(filter && { filter }),
      }),
    trace: async (messageId) => (await readTrace(app, messageId)).trace,
    search: async (query, { limit, filter = {} }, signal) =>
      wireSearch(await app.search(query, { signal, filter: searchFilter(filter, new Date()) }), limit),
    submitFiles: (paths, submitOptions) => submitByPath(app, paths, submitOptions),
    followJob: (id, signal) => watchJob(id, app, { signal }),
    call: caller.call,
    removeDemo: () => app.shop.removeDemo(app),
    close: async () => {
      await caller.close();
      await app.close();
    },
  };
}

/** One job for all: a file is read in its turn, and by another run when this one is killed. */
async function* submitByPath(
  app: App,
  paths: readonly string[],
  { signal, scope, onFailure }: Parameters<Backend['submitFiles']>[1],
): AsyncGenerator<string> {
  const items: NewJobItem[] = [];
  for await (const path of walkSources(paths, { onFailure, onSkip: () => undefined }, signal))
    items.push({ ...(await fileItem(path)), scope });
  if (items.length === 0) return;
  const jobId = await app.jobs.createJob({ kind: 'folder', title: paths.join(', '), items });
  app.queue.wake();
  yield jobId;
}
