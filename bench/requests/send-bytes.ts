import { connect } from 'node:net';
import { REQUESTS } from './fuzz-settings.ts';

export interface BytesAnswer {
  /** '200' …, 'closed' where none came, 'hung' when neither came in time. */
  status: string;
  /** Of an answer of 5xx; else ''. */
  text: string;
  ms: number;
}

const ENOUGH = 4_000;

/** The first answer to bytes that come in two pieces and then end, on a connection of their own. */
export function sendBytes(port: number, bytes: Uint8Array, split: number): Promise<BytesAnswer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      socket.destroy();
    }, REQUESTS.limitMs);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      answer += data.toString('latin1');
      // 100 and 101 are not the end.
      if (/^HTTP\/1\.1 1\d\d/.test(answer)) answer = answer.replace(/^HTTP\/1\.1 100[^]*?\r\n\r\n/, '');
      const isFailure = answer.startsWith('HTTP/1.1 5');
      if (answer.includes('\r\n\r\n') && (!isFailure || answer.length > ENOUGH || /\}\s*$/.test(answer)))
        socket.destroy();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      const status = hung ? 'hung' : (/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed');
      resolve({
        status,
        text: status.startsWith('5') ? answer.slice(0, ENOUGH) : '',
        ms: performance.now() - started,
      });
    });
    socket.write(bytes.subarray(0, split), () => socket.end(bytes.subarray(split)));
  });
}
