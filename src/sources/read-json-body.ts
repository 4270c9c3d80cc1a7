import { SourceFault } from './source-fault.ts';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

/**
 * The JSON value of a response, never more than so many bytes of it.
 * @throws SourceFault for another content type, too many bytes, text that is not UTF-8 or not JSON
 */
export async function readJsonBody(response: Response, maxBytes: number): Promise<unknown> {
  const type = response.headers.get('content-type')?.trim() ?? '';
  if (!JSON_TYPE.test(type)) throw new SourceFault('it sent something else than application/json');
  const bytes = await readBytes(response, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own words quote the body, which may hold customer data.
    throw new SourceFault('it sent no valid JSON in UTF-8');
  }
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new SourceFault(`it sent more than ${maxBytes} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge;
  const parts: Uint8Array[] = [];
  let total = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    total += part.byteLength;
    if (total > maxBytes) throw tooLarge;
    parts.push(part);
  }
  return Buffer.concat(parts, total);
}
