import { expect, it } from 'vitest';
import { parseRtf } from './parse-rtf.ts';

const textOf = async (rtf: string): Promise<string> => {
  const bytes = Buffer.from(rtf, 'latin1');
  const { builder } = await parseRtf({ source: 'a.rtf', name: 'a.rtf', bytes });
  return builder.build('a').text;
};

it('reads signs that have words, and no other word as text', async () => {
  const text = await textOf('{\\rtf1 Open 9\\endash 5\\constructor , daily\\toString \\par}');
  expect(text).toContain('Open 9–5, daily');
  expect(text).not.toMatch(/function|native/);
});
