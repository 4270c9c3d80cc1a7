import { ApiError, ConnectionError } from '../../src/api/api-error.ts';
import { session } from '../session/session.ts';
import { translate } from '../translate.ts';

interface SendOptions {
  onProgress: (sent: number, total: number) => void;
  signal: AbortSignal;
}

/**
 * POSTs a form and tells how much of it has gone out, which `fetch` does not.
 * @throws ApiError, ConnectionError; the signal's reason
 */
export function sendForm<Result>(
  path: string,
  form: FormData,
  { onProgress, signal }: SendOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    const end = (work: () => void): void => {
      signal.removeEventListener('abort', abort);
      work();
    };
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () =>
      end(() => {
        if (request.status < 400) resolve(JSON.parse(request.responseText) as Result);
        else reject(readError(request));
      });
    request.onerror = () => end(() => reject(new ConnectionError(translate('error.connection'))));
    request.onabort = () => end(() => reject(new ConnectionError('cancelled', { cause: signal.reason })));
    request.open('POST', path);
    request.setRequestHeader('x-csrf-token', session.value?.csrf_token ?? '');
    request.send(form);
  });
}

function readError(request: XMLHttpRequest): ApiError {
  const { status } = request;
  const unread = translate('error.unreadable', { status });
  const id = request.getResponseHeader('x-request-id');
  try {
    const { error } = JSON.parse(request.responseText) as {
      error: { code: string; message: string; request_id?: string };
    };
    return new ApiError(status, error.code, error.message, error.request_id ?? id);
  } catch {
    return new ApiError(status, 'unreadable', unread, id);
  }
}
