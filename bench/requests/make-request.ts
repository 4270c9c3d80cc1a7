import { gzipSync } from 'node:zlib';
import type { Random } from '../../src/intents/random.ts';
import { mutateBytes } from '../../src/testing/mutate-bytes.ts';
import type { Operation } from '../../src/testing/schema-values.ts';
import { REQUESTS } from './fuzz-settings.ts';
import { anyText, anyValue, pick } from './make-value.ts';

export interface RequestParts {
  key: string;
  /** Ids that the server has: some requests must get further than "not found". */
  known: readonly string[];
}

const TYPES = [
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
];
const HEADERS = [
  'Accept: text/event-stream',
  'Accept: */*;q=x',
  'Range: bytes=0-99999999999',
  'If-None-Match: *',
  'Origin: null',
  'Origin: https://evil.example',
  'X-Forwarded-For: 1.1.1.1, ::1, x',
  'X-Forwarded-Host: evil.example',
  'X-HTTP-Method-Override: DELETE',
  'Expect: 100-continue',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Cookie: answerbox_session=%zz; answerbox_session=b; __proto__=c',
  'Last-Event-ID: -1',
  'Accept-Language: zh;q=2,,,*',
  `X-Long: ${'x'.repeat(9_000)}`,
  'Content-Encoding: gzip',
];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'BREW'];

/** One request as bytes: an operation of the API with values that hardly fit; some are broken afterwards. */
export function makeRequest(operation: Operation, random: Random, parts: RequestParts): Buffer {
  const method = random() < 0.04 ? pick(METHODS, random) : operation.method;
  const path = operation.path.replace(/\{\w+\}/g, () => inAddress(anyText(random, parts.known)));
  const body = bodyOf(operation, random, parts);
  const lines = [`${method} ${path}${queryOf(operation, random, parts)} HTTP/1.1`, 'Host: localhost'];
  if (random() >= REQUESTS.strangers) lines.push(`Authorization: Bearer ${parts.key}`);
  else if (random() < 0.5)
    lines.push(`Authorization: ${pick(['Basic Og==', 'Bearer', 'Bearer ', 'bearer x y'], random)}`);
  while (random() < 0.25) lines.push(pick(HEADERS, random));
  if (body !== null) {
    lines.push(`Content-Type: ${random() < 0.93 ? 'application/json' : pick(TYPES, random)}`);
    lines.push(...framing(body, random));
  }
  const whole = Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    body ?? Buffer.alloc(0),
  ]);
  if (random() >= REQUESTS.broken) return whole;
  return Buffer.from(mutateBytes(whole, random, 1 + Math.floor(random() * 5)));
}

function framing(body: Buffer, random: Random): string[] {
  const length = `Content-Length: ${body.length}`;
  const draw = random();
  if (draw < 0.95) return [length];
  if (draw < 0.96) return [length, 'Transfer-Encoding: chunked'];
  if (draw < 0.97) return [length, `Content-Length: ${body.length + 1}`];
  if (draw < 0.98) return [`Content-Length: ${body.length}, ${body.length}`];
  return draw < 0.99 ? ['Transfer-Encoding: chunked, identity'] : ['Content-Length: -1'];
}

function bodyOf({ method, body }: Operation, random: Random, { known }: RequestParts): Buffer | null {
  if (method === 'GET' && random() < 0.97) return null;
  const value = body === null ? {} : anyValue(body, random, known);
  let text = Buffer.from(JSON.stringify(value) ?? '', 'utf8');
  if (random() < 0.08) text = Buffer.from(mutateBytes(text, random, 3));
  return random() < 0.01 ? gzipSync(text) : text;
}

function queryOf({ query }: Operation, random: Random, { known }: RequestParts): string {
  const parts: string[] = [];
  for (const name of query) if (random() < 0.4) parts.push(`${name}=${inAddress(anyText(random, known))}`);
  if (random() < 0.05)
    parts.push(pick(['a[b]=c', '__proto__[x]=1', '%', '=', 'limit=1&limit=2', '%00=%ff'], random));
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Half a character cannot be written there; some are left as they are, for the server to refuse. */
function inAddress(text: string): string {
  return encodeURIComponent(Buffer.from(text.slice(0, 2_000), 'utf8').toString('utf8'));
}
