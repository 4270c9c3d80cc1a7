import type { FastifyRequest, FastifyServerOptions } from 'fastify';
import { logError, logReason, maskLog, saidIn, type LoggedError } from './mask-log.ts';

/** Where lines of the log go; standard output where none is named. */
export interface LogStream {
  write(line: string): void;
}

/** Keys whose values a serializer below handles, or that are made here; `why` is of the error exit, masked already. */
const OWN_KEYS = new Set(['err', 'req', 'res', 'reqId', 'code', 'why']);

/** pino for the server: every text of every line passes the one mask, whoever writes it, libraries too. */
export function logOptions(
  level: string,
  stream?: LogStream,
): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    ...(stream && { stream }),
    redact: [
      'req.headers',
      'authorization',
      'cookie',
      '*.authorization',
      '*.cookie',
      '*.password',
      '*.token',
    ],
    serializers: {
      err: (error: unknown) => (isLogged(error) ? error : logError(error)) as never,
      // By its pattern, not its address: that holds ids, searches and tokens.
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions?.url ?? 'none',
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    formatters: { log: (entry) => maskEntry(entry) },
    hooks: {
      logMethod(args, method) {
        const masked = args.map((one: unknown) => (typeof one === 'string' ? maskLog(one) : one));
        // Without a message pino takes that of the failure, as it is.
        const failure = failureOf(args[0]);
        if (failure !== null && masked.length < 2) masked.push(logReason(failure));
        method.apply(this, masked as typeof args);
      },
    },
  };
}

function failureOf(entry: unknown): Error | null {
  if (entry instanceof Error) return entry;
  const err = typeof entry === 'object' && entry !== null && 'err' in entry ? entry.err : null;
  return err instanceof Error ? err : null;
}

/** A failure of a request: what the request itself said is taken out besides. */
export function logFailure(request: FastifyRequest, error: unknown, what: string, more?: unknown): void {
  request.log.error({ err: logError(error, saidBy(request, more)) }, what);
}

/** Texts that came with a request. */
export function saidBy(request: FastifyRequest, more?: unknown): string[] {
  return saidIn(request.body, request.query, request.params, more);
}

const isLogged = (error: unknown): error is LoggedError =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'type' in error;

function maskEntry(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, OWN_KEYS.has(key) ? value : maskValue(value, 0)]),
  );
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskLog(value);
  if (value instanceof Error) return logError(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 4 || ArrayBuffer.isView(value)) return '[…]';
  if (Array.isArray(value)) return value.map((one) => maskValue(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskValue(one, depth + 1)]));
}
