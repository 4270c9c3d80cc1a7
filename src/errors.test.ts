import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnswerboxError, ERROR_TABLE, hasCode, throwIfCancelled } from './errors.ts';

const page = (): string =>
  [
    '# Errors',
    '',
    'Every error body is `{ "error": { "code", "message", "request_id" } }`; the request id is in `X-Request-ID` too.',
    'Words in braces are filled in. This page is made from `src/errors/`; a test keeps both equal.',
    '',
    '| code | status | message |',
    '|---|---|---|',
    ...Object.entries(ERROR_TABLE).map(
      ([code, { status, message }]) => `| \`${code}\` | ${status} | ${message} |`,
    ),
    '',
  ].join('\n');

describe('errors', () => {
  it('are all on their page', async () => {
    await expect(page()).toMatchFileSnapshot('./api/ERRORS.md');
  });

  it('stand in one table alone: a second one of the same name would hide the first', async () => {
    const folder = new URL('./errors/', import.meta.url);
    const modules = await Promise.all(
      readdirSync(folder).map(
        async (file) => (await import(/* @vite-ignore */ `./errors/${file}`)) as Record<string, object>,
      ),
    );
    const codes = modules
      .flatMap((exported) => Object.values(exported))
      .flatMap((table) => Object.keys(table));
    expect(codes.toSorted()).toEqual(Object.keys(ERROR_TABLE).toSorted());
  });

  it('fill in what was found and keep the cause', () => {
    const cause = new Error('ENOSPC');
    const error = new AnswerboxError('question_too_long', { found: 5000, limit: 4000 }, cause);
    expect(error).toMatchObject({
      status: 413,
      cause,
      message: 'The question has 5000 characters; at most 4000 are taken. Shorten it.',
    });
    expect(hasCode(error, 'question_too_long')).toBe(true);
    expect(hasCode(error, 'question_empty')).toBe(false);
  });

  it('turn a raised signal into one of them', () => {
    expect(() => throwIfCancelled(AbortSignal.abort('gone'))).toThrow(
      expect.objectContaining({ code: 'cancelled', cause: 'gone' }),
    );
    expect(() => throwIfCancelled(undefined)).not.toThrow();
  });
});
