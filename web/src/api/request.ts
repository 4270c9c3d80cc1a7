import { translate } from '../translate.ts';
import { ApiError, ConnectionError } from './api-error.ts';
import { serverUrl } from './server-address.ts';

/** `fetch` that throws {@link ApiError} or {@link ConnectionError}; a raised signal throws as it does in `fetch`. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await reach(path, init);
  if (!response.ok) throw await readError(response);
  return response;
}

export async function requestJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await request(path, init);
  return (await response.json()) as T;
}

export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(serverUrl(path), init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ConnectionError(`${path} could not be reached`, { cause: error });
  }
}

async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { error?: { code?: string; message?: string; request_id?: string } } | null)?.error;
  return new ApiError(
    response.status,
    error?.code ?? 'unreadable',
    error?.message ?? translate('error.unreadable'),
    error?.request_id ?? response.headers.get('x-request-id'),
  );
}
