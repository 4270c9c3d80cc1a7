import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import { readEventStream } from '../cli/read-event-stream.ts';

export interface HttpResult {
  status: number;
  headers: Headers;
  /** Parsed JSON, or the text when it is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into bodies of every shape
  body: any;
}

export interface CallDetails {
  /** Sent as JSON; bytes, texts and forms as they are. */
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

export interface HttpClient {
  call(method: string, path: string, details?: CallDetails): Promise<HttpResult>;
  ask(message: string, more?: Record<string, unknown>): Promise<Answer>;
  /** All events of a streamed answer. */
  stream(message: string, more?: Record<string, unknown>): Promise<AnswerEvent[]>;
  /** The response of a streamed answer, its body unread. */
  openStream(message: string, more?: Record<string, unknown>, signal?: AbortSignal): Promise<Response>;
  /** Waits for a job to be over. */
  finishJob(id: string): Promise<HttpResult['body']>;
}

export function createHttpClient({ url, adminKey }: { url: string; adminKey: string }): HttpClient {
  const client: HttpClient = {
    call: async (method, path, { body, key, headers } = {}) => {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: bodyOf(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parsed(text) };
    },
    ask: async (message, more = {}) => {
      const { status, body } = await client.call('POST', '/api/v1/chat', { body: { message, ...more } });
      if (status !== 200) throw new Error(`the chat answered ${status}: ${JSON.stringify(body)}`);
      return body as Answer;
    },
    stream: async (message, more = {}) => {
      const events: AnswerEvent[] = [];
      for await (const event of readEventStream(await client.openStream(message, more))) events.push(event);
      return events;
    },
    openStream: (message, more = {}, signal) =>
      fetch(`${url}/api/v1/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ message, ...more }),
        ...(signal && { signal }),
      }),
    finishJob: (id) =>
      waitFor(`job ${id} to be over`, async () => {
        const { body } = await client.call('GET', `/api/v1/jobs/${id}`, { key: adminKey });
        return body.finished_at === null ? null : body;
      }),
  };
  return client;
}

function bodyOf(body: unknown): string | FormData | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string' || body instanceof FormData) return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Looks again and again until there is something to return; gives up after so many minutes. */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false>,
  minutes = 2,
): Promise<Found> {
  const deadline = performance.now() + minutes * 60_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${minutes} minutes for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
