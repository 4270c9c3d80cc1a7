import { once } from 'node:events';
import { connect } from 'node:net';
import { seededRandom } from '../intents/random.ts';
import { mutateBytes } from './mutate-bytes.ts';

export interface HttpFuzzReport {
  inputs: number;
  /** Answers by status; 'closed' where there was none. */
  answers: Record<string, number>;
  /** Requests that were answered 5xx. */
  failures: string[];
  seconds: number;
}

const REQUESTS = [
  'GET /api/v1/availability HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n',
  'GET /api/v1/tickets?limit=5&status=open&sort=due&q=boots HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\n\r\n',
  'GET /api/v1/customers?q=ada&cursor=e30 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\n\r\n',
  'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n{"message":"Hello","email":"a@b.example","name":"Ada"}',
  'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nCookie: answerbox_session=x; answerbox_device=y.z\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n{"email":"a@b.example","password":"x","code":"123456"}',
  'POST /api/v1/customers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n18\r\n{"name":"Ada","vip":true}\r\n0\r\n\r\n',
  'PATCH /api/v1/tickets/1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n{"subject":"Boots","tags":["a"],"version":1}',
];

/** Mutated requests as bytes on sockets of their own, in pieces; the same for the same seed. */
export async function fuzzHttp(
  { url, key }: { url: string; key: string },
  { seed, inputs }: { seed: number; inputs: number },
): Promise<HttpFuzzReport> {
  const random = seededRandom(seed);
  const report: HttpFuzzReport = { inputs, answers: {}, failures: [], seconds: 0 };
  const started = performance.now();
  for (let input = 0; input < inputs; input += 1) {
    const template = REQUESTS[input % REQUESTS.length]!;
    const [, body = ''] = template.split('\r\n\r\n');
    const request = template.replace('KEY', key).replace('LENGTH', String(body.length));
    const mutated = mutateBytes(Buffer.from(request), random, Math.floor(random() * 6));
    const answer = await exchange(url, mutated, Math.floor(random() * mutated.length));
    const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed';
    report.answers[status] = (report.answers[status] ?? 0) + 1;
    if (status.startsWith('5') && status !== '501' && status !== '505')
      report.failures.push(
        `${input}: ${JSON.stringify(Buffer.from(mutated).toString('latin1')).slice(0, 300)}`,
      );
  }
  return { ...report, seconds: (performance.now() - started) / 1000 };
}

/** The first answer to bytes that come in two pieces and then end. */
async function exchange(url: string, bytes: Uint8Array, split: number): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
    if (answer.includes('\r\n\r\n')) socket.destroy();
  });
  await new Promise((resolve) => socket.write(bytes.subarray(0, split), resolve));
  socket.end(bytes.subarray(split));
  if (!socket.destroyed) await once(socket, 'close');
  return answer;
}
