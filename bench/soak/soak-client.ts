import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';

/** One server's customers and staff, by HTTP. Every call throws on a status that is not meant. */
export interface SoakClient {
  ask(
    message: string,
    more?: Record<string, unknown>,
  ): Promise<{ conversation_id: string; message_id: string }>;
  rate(answer: { conversation_id: string; message_id: string }): Promise<void>;
  /** Asks for a stream and leaves after its first bytes. */
  leave(message: string): Promise<void>;
  /** Asks for a person, who takes it, replies and closes it. */
  handOver(conversation: string): Promise<void>;
  /** Stores a document and waits until it is searchable. */
  ingest(place: number, text: string): Promise<void>;
}

export function createSoakClient(url: string, key: string, signal: AbortSignal): SoakClient {
  // fetch drops its listener only when the request is collected: thousands are no leak here.
  setMaxListeners(0, signal);
  const post = async <Body>(path: string, body: unknown = {}): Promise<Body> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
    return (text === '' ? null : JSON.parse(text)) as Body;
  };
  const get = async <Body>(path: string): Promise<Body> => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${key}` }, signal });
    return (await response.json()) as Body;
  };
  return {
    ask: (message, more = {}) =>
      post('/api/v1/chat', { id: randomUUID(), message, mode: 'extractive', ...more }),
    rate: ({ conversation_id: id, message_id }) =>
      post(`/api/v1/conversations/${id}/feedback`, { message_id, rating: 1 }),
    leave: async (message) => {
      const leaving = new AbortController();
      const response = await fetch(`${url}/api/v1/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message, mode: 'extractive', stream: true }),
        signal: AbortSignal.any([signal, leaving.signal]),
      });
      await response.body?.getReader().read();
      leaving.abort();
    },
    handOver: async (conversation) => {
      const { ticket } = await post<{ ticket: { number: number } }>(
        `/api/v1/conversations/${conversation}/handover`,
        {
          name: 'Ada',
          email: `ada-${conversation
            .slice(0, 8)
            .toLowerCase()
            .replace(/[^a-z0-9]/g, 'x')}@shop.example`,
          message: 'May I speak to somebody about this?',
        },
      );
      const { threads } = await get<{ threads: { id: string }[] }>(`/api/v1/tickets/${ticket.number}`);
      const thread = `/api/v1/threads/${threads[0]!.id}`;
      await post(`${thread}/messages`, { text: 'Hello Ada, I have looked it up for you.' });
      await post('/api/v1/chat', { message: 'Thank you!', conversation_id: conversation });
      await post(`${thread}/close`);
    },
    ingest: async (place, text) => {
      const document = { source: `soak-${place}`, name: `soak-${place}.md`, text };
      const { job_id: id } = await post<{ job_id: string }>('/api/v1/documents', { documents: [document] });
      for (;;) {
        const job = await get<{ finished_at: string | null }>(`/api/v1/jobs/${id}?limit=0`);
        if (job.finished_at !== null) return;
        await new Promise((wait) => setTimeout(wait, 200));
      }
    },
  };
}
