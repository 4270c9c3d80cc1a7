import type { HostileFile } from './hostile-files.ts';
import { makeMail, makeMailbox } from './make-mail.ts';

const PLAIN = 'The ferry leaves at noon.';

export function hostileTexts(): HostileFile[] {
  const file = (
    what: string,
    name: string,
    make: () => string | Uint8Array,
    code: string | null,
    more: Partial<HostileFile> = {},
  ): HostileFile => ({
    what,
    name,
    code,
    ...more,
    make: () => {
      const made = make();
      return typeof made === 'string' ? Buffer.from(made) : made;
    },
  });
  return [
    file(
      'HTML that never closes',
      'a.html',
      () => `<html><body><div><p>${PLAIN}${'<div><b><i><table><td>'.repeat(20_000)}`,
      null,
      { holds: 'ferry leaves' },
    ),
    file('300,000 open elements', 'b.html', () => `<html><body>${'<div>'.repeat(300_000)}${PLAIN}`, null, {
      holds: 'ferry leaves',
    }),
    file(
      'a script of 5 MB',
      'c.html',
      () => `<html><script>${'x=1;'.repeat(1_200_000)}</script><p>${PLAIN}</p></html>`,
      null,
      { holds: 'ferry leaves', lacks: 'x=1' },
    ),
    file(
      'attributes without end',
      'd.html',
      () => `<html><p ${'a="b" '.repeat(200_000)}>${PLAIN}</p></html>`,
      null,
      { holds: 'ferry leaves' },
    ),
    file(
      'a million entities',
      'e.html',
      () => `<html><p>${PLAIN} ${'&amp;&#65;&bogus;'.repeat(300_000)}</p></html>`,
      null,
      { holds: 'ferry leaves' },
    ),
    file('JSON 200,000 deep', 'a.json', () => '['.repeat(200_000) + ']'.repeat(200_000), 'document_nesting'),
    file(
      'JSON objects 5,000 deep',
      'b.json',
      () => '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
      'document_nesting',
    ),
    file('JSON cut off', 'c.json', () => '{"a": [1, 2', 'document_damaged'),
    file(
      'JSON that reaches for prototypes',
      'd.json',
      () => '[{"__proto__":{"polluted":true},"constructor":"x","name":"Ferry","time":"noon"}]',
      null,
      { holds: 'noon' },
    ),
    file(
      'a list of 200,000 records',
      'e.json',
      () => JSON.stringify(Array.from({ length: 200_000 }, (_, at) => ({ at }))),
      'document_over_limit',
    ),
    file(
      'lines of which half are no JSON',
      'a.jsonl',
      () => `{"ship":"Ferry","time":"noon"}\n{broken\n{"ship":"Tug"}\n`,
      null,
      { holds: 'noon' },
    ),
    file('quotes that never close', 'a.csv', () => `Ship,Time\n"Ferry,noon\nTug,"one\nBarge,two\n`, null, {
      holds: 'Barge',
    }),
    file(
      'a cell of 10 MB',
      'b.csv',
      () => `Ship,Log\nFerry,"${'wave '.repeat(2_000_000)}"\nTug,short\n`,
      null,
      { holds: 'Tug' },
    ),
    file(
      '100,000 columns',
      'c.csv',
      () => `${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(99_999)}1\n`,
      null,
      { holds: 'c99999' },
    ),
    file(
      '300,000 rows',
      'd.csv',
      () => `Ship,Time\n${'Ferry,noon\n'.repeat(300_000)}`,
      'document_over_limit',
    ),
    file('formulas in cells', 'e.csv', () => `Ship,Time\nFerry,=cmd|' /C calc'!A0\n`, null, {
      holds: 'Ferry',
    }),
    file(
      'three encodings in one file',
      'a.txt',
      () =>
        Buffer.concat([
          Buffer.from('Fährzeiten: café\n\n'),
          Buffer.from('Grüße über Öre\n\n', 'latin1'),
          Buffer.from(PLAIN),
        ]),
      null,
      { holds: 'Grüße über Öre' },
    ),
    file('UTF-16 without a mark', 'b.txt', () => Buffer.from(PLAIN, 'utf16le'), null, {
      holds: 'ferry leaves',
    }),
    file(
      'UTF-16 with half a letter',
      'c.txt',
      () => Buffer.concat([Buffer.from('\ufeffThe ferry', 'utf16le'), Buffer.from([0x41])]),
      'document_encoding',
    ),
    file(
      'UTF-32',
      'd.txt',
      () =>
        Buffer.concat([
          Buffer.from([0xff, 0xfe, 0, 0]),
          ...Array.from(PLAIN, (letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])),
        ]),
      null,
      { holds: 'ferry leaves' },
    ),
    file('one line of 10 MB', 'e.txt', () => 'wave '.repeat(1_500_000), null, { holds: 'wave' }),
    file('nine million letters', 'f.txt', () => 'The sea is calm. '.repeat(530_000), 'document_over_limit'),
    file('zero-width letters alone', 'g.txt', () => '\u200b\u200e\ufeff'.repeat(1000), 'document_empty'),
    file(
      'front matter that explodes',
      'a.md',
      () =>
        `---\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefghij', (letter, at) => `${letter}: &${letter} [${`*${'abcdefghi'[at]},`.repeat(9)}]`).join('\n')}\n---\n\n${PLAIN}\n`,
      null,
      { holds: 'ferry leaves' },
    ),
    file('100,000 quote marks', 'b.md', () => `${'>'.repeat(100_000)} ${PLAIN}`, null, {
      holds: 'ferry leaves',
    }),
    file('RTF groups 100,000 deep', 'a.rtf', () => `{\\rtf1 ${'{'.repeat(100_000)}x`, 'document_nesting'),
    file(
      'RTF with hidden objects',
      'b.rtf',
      () => `{\\rtf1\\ansi ${PLAIN}\\par{\\object\\objdata 4d5a90}{\\*\\generator evil}}`,
      null,
      { holds: 'ferry leaves', lacks: '4d5a' },
    ),
    file('a mail of 5,000 parts', 'a.eml', () => manyParts(5_000), 'document_over_limit'),
    file('multiparts 200 deep', 'b.eml', () => deepMail(200), 'document_nesting'),
    file(
      'a header of 3 MB',
      'c.eml',
      () => `From: a@example.com\r\nSubject: x\r\nX-Long: ${'a'.repeat(3_000_000)}\r\n\r\n${PLAIN}`,
      'document_damaged',
    ),
    file(
      'an attachment whose name leads out',
      'd.eml',
      () =>
        makeMail({
          subject: 'x',
          from: 'a@example.com',
          text: PLAIN,
          attachments: [
            { name: '../../../etc/passwd', type: 'text/plain', bytes: Buffer.from('Attached words.') },
          ],
        }),
      null,
      { holds: 'Attached words' },
    ),
    file(
      'a program attached',
      'e.eml',
      () =>
        makeMail({
          subject: 'x',
          from: 'a@example.com',
          text: PLAIN,
          attachments: [
            { name: 'a.exe', type: 'application/octet-stream', bytes: Buffer.from('MZ\0\0\x90\0') },
          ],
        }),
      null,
      { holds: 'ferry leaves', problems: ['document_binary'] },
    ),
    file(
      'a mailbox of 5,000 messages',
      'a.mbox',
      () =>
        makeMailbox(
          Array.from({ length: 5_000 }, () => Buffer.from('From: a@example.com\nSubject: x\n\nhello\n')),
        ),
      'document_over_limit',
    ),
  ];
}

function manyParts(count: number): string {
  const part =
    '--b\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nx\r\n';
  return `From: a@example.com\r\nSubject: many\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${part.repeat(count)}--b--\r\n`;
}

function deepMail(levels: number): string {
  let mail = 'From: a@example.com\r\nSubject: deep\r\n';
  for (let level = 0; level < levels; level += 1)
    mail += `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`;
  return `${mail}Content-Type: text/plain\r\n\r\nx\r\n`;
}
