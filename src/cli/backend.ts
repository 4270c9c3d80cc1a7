import { readFile } from 'node:fs/promises';
import type { Static } from '@sinclair/typebox';
import type { AnswerEvent, RequestedMode } from '../answer/answer-types.ts';
import type { SEARCH_RESULT } from '../api/schemas/knowledge-schema.ts';
import { searchFilter, wireSearch } from '../api/wire-shapes.ts';
import { openApp, type OpenOptions } from '../app.ts';
import type { Config } from '../config.ts';
import type { FileOutcome, SourceFile } from '../ingest/ingest-types.ts';
import type { DocumentFilter } from '../stores/contracts.ts';
import { controlPathOf, type ControlFile } from '../serve.ts';
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
  search(query: string, options: SearchAsk, signal: AbortSignal): Promise<Static<typeof SEARCH_RESULT>>;
  ingest(files: AsyncIterable<SourceFile>, signal: AbortSignal): AsyncIterable<FileOutcome>;
  /** Documents removed with the demo shop. */
  removeDemo(): Promise<number>;
  close(): Promise<void>;
}

/** The running server of this data folder when there is one, else the folder itself. */
export async function openBackend(config: Config, options: OpenOptions): Promise<Backend> {
  const control = await findServer(config);
  return control ? createRemoteBackend(control) : openLocalBackend(config, options);
}

/** Null when no server answers on this data folder. */
export async function findServer(config: Config): Promise<ControlFile | null> {
  try {
    const control = JSON.parse(await readFile(controlPathOf(config), 'utf8')) as ControlFile;
    const response = await fetch(`${control.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? control : null;
  } catch {
    // No file, or one that a killed server left behind.
    return null;
  }
}

async function openLocalBackend(config: Config, options: OpenOptions): Promise<Backend> {
  const app = await openApp(config, options);
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
    search: async (query, { limit, filter = {} }, signal) =>
      wireSearch(await app.search(query, { signal, filter: searchFilter(filter, new Date()) }), limit),
    ingest: (files, signal) => app.ingest(files, { signal }),
    removeDemo: () => app.shop.removeDemo(app),
    close: () => app.close(),
  };
}
