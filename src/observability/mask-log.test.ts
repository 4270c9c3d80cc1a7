import { expect, it } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { logError, logReason, maskLog, saidIn } from './mask-log.ts';
import { createTextLog } from './text-log.ts';

it.each([
  ['mail to ada.q@shop.example: refused', 'mail to [e-mail]: refused'],
  ['550 5.1.1 <ada@shop.example>: unknown', '[number] <[e-mail]>: unknown'],
  ['call +49 (0)30 1234-5678 now', 'call [number] now'],
  ['order NW-100234 is late', 'order [number] is late'],
  ['order #4711234 is late', 'order [number] is late'],
  ['no order 100234', 'no order [number]'],
  ['GET https://ada:pw@shop.example/a/b?token=abc failed', 'GET https://shop.example/[…] failed'],
  ['asked https://shop.example: 500', 'asked https://shop.example: 500'],
  ['GET /api/v1/customers/Ada%20Quist?q=shoes', 'GET /api/v1/customers[…]'],
  ['route /x?key=1234', 'route /x?[…]'],
  ['Authorization: Bearer ab_0123456789abcdef', 'Authorization: Bearer [secret]'],
  [
    `Unexpected token 'W', "Wo ist mein Paket?" is not valid JSON`,
    'Unexpected token [quote], [quote] is not valid JSON',
  ],
  ['"Wo ist mein Paket', '[quote]'],
  ['„Wo ist mein Paket?“ fehlt', '[quote] fehlt'],
  ["it doesn't fit what wasn't asked", "it doesn't fit what wasn't asked"],
  ['webhook 0b0f1a2e-7d3c-4f1a-9b1c-3f2d5a6b7c8d: 500', 'webhook 0b0f1a2e…: 500'],
  ['key abx_Zm9vYmFyMTIzNDU2Nzg5MA is spent', 'key [secret] is spent'],
  ['state: ready, restart_ms: 30000', 'state: ready, restart_ms: 30000'],
  ['Server listening at http://127.0.0.1:43211', 'Server listening at http://127.0.0.1:43211'],
  ['connect ECONNREFUSED 127.0.0.1:43211', 'connect ECONNREFUSED 127.0.0.1:43211'],
  ['since 2026-11-22T10:11:12.123Z', 'since 2026-11-22T10:11:12.123Z'],
  ['a\nfatal: forged\u001b[2J', 'a fatal: forged[2J'],
])('%j', (text, masked) => {
  expect(maskLog(text)).toBe(masked);
  // A line that passes twice is the same.
  expect(maskLog(masked)).toBe(masked);
});

it('takes out what was said, whole and however it was encoded', () => {
  const said = saidIn({ name: 'Ada Quist', more: [{ text: 'Wo ist\nmein "Paket"' }] });
  expect(maskLog('no zone Ada Quist', said)).toBe('no zone [said]');
  expect(maskLog('Ada%20Quist', said)).toBe('[said]');
  expect(maskLog('refused Wo ist\nmein "Paket" here', said)).toBe('refused [said] here');
});

it('keeps of a failure its kind, its code and places in the program', () => {
  const cause = Object.assign(new RangeError('Invalid time zone specified: Ada Quist'), {
    code: 'ERR_ZONE',
    rawPacket: Buffer.from('GET /?name=Ada'),
    input: 'https://shop.example/Ada',
  });
  const error = new AnswerboxError('not_found', { what: 'customer Ada Quist' }, cause);
  const logged = logError(error, ['Ada Quist']);
  expect(JSON.stringify(logged)).not.toContain('Ada');
  expect(logged).toMatchObject({
    type: 'AnswerboxError',
    code: 'not_found',
    message: 'There is no [what] here. Check the address.',
  });
  expect(logged.cause).toMatchObject({ type: 'RangeError', code: 'ERR_ZONE' });
  expect(Object.keys(logged.cause!).sort()).toEqual(['at', 'code', 'message', 'type']);
  expect(logged.at!.length).toBeGreaterThan(0);
  expect(
    logReason(new AnswerboxError('port_unavailable', { host: '::1', port: 80, reason: 'in use' })),
  ).toContain('in use');
});

it('reads a hostile text in one go', () => {
  for (const part of ['a.', '1 ', 'a@', '"', "'", 'ab1-', '?a=', 'http://', '[', 'A1'])
    expect(maskLog(part.repeat(100_000)).length).toBeLessThan(20_000);
});

it('leaves out lines that are quieter than the setting', () => {
  const lines: string[] = [];
  const log = createTextLog('warn', (line) => void lines.push(line));
  log('info', 'quiet');
  log('error', 'loud ada@shop.example');
  createTextLog('silent', (line) => void lines.push(line))('fatal', 'never');
  expect(lines).toEqual(['error: loud [e-mail]\n']);
});
