/** Reads a stream in pieces of a wanted size. */
export interface ByteReader {
  /** Exactly so many bytes; null at the end of the stream. @throws Error when it ends in the middle */
  read(bytes: number): Promise<Buffer | null>;
  /** Up to the next line feed, which is left out. @throws Error when there is none within so many bytes */
  readLine(most: number): Promise<string>;
  /** The next so many bytes, piece by piece. @throws Error when the stream ends before */
  stream(bytes: number): AsyncGenerator<Buffer>;
}

export function createByteReader(source: AsyncIterable<Buffer>): ByteReader {
  const pieces = source[Symbol.asyncIterator]();
  let waiting: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await pieces.next();
    if (next.done === true) return false;
    waiting = waiting.byteLength === 0 ? next.value : Buffer.concat([waiting, next.value]);
    return true;
  };
  const take = (bytes: number): Buffer => {
    const taken = waiting.subarray(0, bytes);
    waiting = waiting.subarray(bytes);
    return taken;
  };
  const cutOff = (): Error => new Error('it is cut off');
  return {
    async read(bytes) {
      while (waiting.byteLength < bytes)
        if (!(await more())) {
          if (waiting.byteLength === 0) return null;
          throw cutOff();
        }
      return take(bytes);
    },
    async readLine(most) {
      for (;;) {
        const end = waiting.indexOf(0x0a);
        if (end >= 0 && end <= most) {
          const line = take(end + 1);
          return line.subarray(0, -1).toString('utf8');
        }
        if (waiting.byteLength > most || !(await more()))
          throw new Error('its first lines are not a backup’s');
      }
    },
    async *stream(bytes) {
      for (let left = bytes; left > 0;) {
        if (waiting.byteLength === 0 && !(await more())) throw cutOff();
        const piece = take(Math.min(left, waiting.byteLength));
        left -= piece.byteLength;
        yield piece;
      }
    },
  };
}
