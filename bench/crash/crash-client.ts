/** Requests to a server that may be gone at any moment. What a body holds is the caller's claim. */
export interface CrashClient {
  /** @returns null when the answer never came; what a refusal says is thrown */
  send<Body>(method: string, path: string, body?: unknown): Promise<Body | null>;
  /** The same, with the status; 0 and an empty body when the answer never came. */
  call<Body>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; body: Body }>;
  /** Bytes of an answer; null when it broke off. */
  download(method: string, path: string): Promise<Uint8Array | null>;
}

export function createCrashClient(url: string, key: string): CrashClient {
  const fetched = (method: string, path: string, body: unknown, as: string): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    as = key,
  ): Promise<{ status: number; body: Body }> => {
    try {
      const response = await fetched(method, path, body, as);
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
    } catch {
      return { status: 0, body: {} as Body };
    }
  };
  return {
    call,
    send: async <Body>(method: string, path: string, body?: unknown) => {
      const answer = await call<Body>(method, path, body);
      if (answer.status === 0) return null;
      if (answer.status >= 400)
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
      return answer.body;
    },
    download: async (method, path) => {
      try {
        const response = await fetched(method, path, undefined, key);
        return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
      } catch {
        return null;
      }
    },
  };
}
