import { createHttpClient, type CallDetails, type HttpClient, type HttpResult } from './http-client.ts';

/** A browser's way of calling: cookies are kept, the CSRF token and the origin are sent. */
export interface StaffClient {
  call(method: string, path: string, details?: CallDetails): Promise<HttpResult>;
  /** Everything that the browser would send, for calls that leave something out. */
  headers(): Record<string, string>;
  cookie(name: string): string | undefined;
}

export const PASSWORD = 'correct-horse-battery-staple';

export function createStaffClient(url: string): StaffClient {
  const http: HttpClient = createHttpClient({ url, adminKey: '' });
  const cookies = new Map<string, string>();
  let csrf = '';
  const headers = (): Record<string, string> => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    origin: new URL(url).origin,
    ...(csrf !== '' && { 'x-csrf-token': csrf }),
  });
  return {
    headers,
    cookie: (name) => cookies.get(name),
    call: async (method, path, details = {}) => {
      const result = await http.call(method, path, {
        ...details,
        headers: { ...headers(), ...details.headers },
      });
      for (const line of result.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      if (typeof result.body?.csrf_token === 'string') csrf = result.body.csrf_token;
      return result;
    },
  };
}
