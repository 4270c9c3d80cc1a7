import { ApiError, ConnectionError } from '../../src/api/api-error.ts';
import { translate } from '../translate.ts';

export interface CallOptions {
  /** Sent in the address; null, undefined and '' are left out. */
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Sent as JSON; a form as it is. */
  body?: unknown;
  signal?: AbortSignal;
  /** Goes out even when the page is being closed; for bodies of a few KB. */
  keepalive?: boolean;
}

/** What the session tells every call; {@link connectSession} sets it. */
interface SessionLink {
  csrfToken(): string | null;
  /** The server no longer knows who this is. */
  signedOut(): void;
  /** Another tab may have renewed the session: reads the new token. */
  refresh(): Promise<void>;
}

let session: SessionLink = {
  csrfToken: () => null,
  signedOut: () => undefined,
  refresh: () => Promise.resolve(),
};

export function connectSession(link: SessionLink): void {
  session = link;
}

/**
 * The one way to the API: `call('GET', '/api/v1/threads', { query })`.
 * @throws ApiError with the server's code, message and request id; ConnectionError; a raised signal's reason
 */
export async function call<Result = void>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Result> {
  let response = await reach(method, path, options);
  if (response.status === 403 && (await codeOf(response)) === 'csrf_refused') {
    await session.refresh();
    response = await reach(method, path, options);
  }
  if (!response.ok) throw await readError(response);
  if (response.status === 204) return undefined as Result;
  return (await response.json()) as Result;
}

/** The address of a route with its query, for links and downloads too. */
export function addressOf(path: string, query: CallOptions['query'] = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value != null && value !== '');
  const text = new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}

async function reach(
  method: string,
  path: string,
  { query, body, signal, keepalive = false }: CallOptions,
): Promise<Response> {
  const token = session.csrfToken();
  const form = body instanceof FormData;
  try {
    return await fetch(addressOf(path, query), {
      method,
      headers: {
        ...(token !== null && method !== 'GET' && { 'x-csrf-token': token }),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
      keepalive,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ConnectionError(translate('error.connection'), { cause: error });
  }
}

interface WireError {
  code?: string;
  message?: string;
  request_id?: string;
}

async function errorIn(response: Response): Promise<WireError> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return (body as { error?: WireError } | null)?.error ?? {};
}

/** A wrong password or code is the form's matter; any other 401 means that the session has ended. */
const WRONG_PROOFS: ReadonlySet<string> = new Set([
  'sign_in_failed',
  'second_factor_needed',
  'second_factor_wrong',
]);

async function codeOf(response: Response): Promise<string | undefined> {
  return (await errorIn(response)).code;
}

async function readError(response: Response): Promise<ApiError> {
  const { code = 'unreadable', message, request_id: id } = await errorIn(response);
  if (response.status === 401 && !WRONG_PROOFS.has(code)) session.signedOut();
  return new ApiError(
    response.status,
    code,
    message ?? translate('error.unreadable', { status: response.status }),
    id ?? response.headers.get('x-request-id'),
  );
}
