import { once } from 'node:events';
import { connect } from 'node:net';

/** Everything that a server says to these bytes until it closes, or until its first answer when `first`. */
export async function rawExchange(url: string, bytes: string, first = true): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  if (!first) socket.end();
  let answer = '';
  socket.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
    if (first) socket.end();
  });
  await once(socket, 'close');
  return answer;
}
