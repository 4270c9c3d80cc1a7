import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';
import { outline, parseString } from './parse-string.suite.ts';

const markdown = (content: string) => parseString('returns-and_refunds.md', content);

describe('parseMarkdown', () => {
  it('takes the title from front matter, the first h1, then the file name', () => {
    expect(markdown('---\nlang: en\ntitle: "Our returns"\n---\n# Head\n\nText.').title).toBe('Our returns');
    expect(markdown("---\r\ntitle: It's free # note\r\n---\r\nText.").title).toBe("It's free");
    expect(markdown('Intro.\n\n## Two\n\n# Head *one*\n\nText.').title).toBe('Head one');
    expect(markdown('Only text.').title).toBe('Returns and refunds');
    expect(parseString('a.md', '# Own', { title: 'Given' }).title).toBe('Given');
  });

  it('reads from front matter what the document is about, for whom and until when', () => {
    const text = `---
title: Summer hire
Category: Hire
lang: en
audience: "staff"
valid-from: 2026-06-01
expires: 2026-09-30 # last day
owner: Ada
tags: [a, b]
---
Text.`;
    expect(markdown(text).scope).toEqual({
      category: 'Hire',
      language: 'en',
      audience: 'staff',
      valid_from: '2026-06-01',
      valid_until: '2026-09-30',
      owner: 'Ada',
    });
    expect(markdown('# Head').scope).toEqual({});
  });

  it('keeps a rule at the start as no front matter', () => {
    expect(outline(markdown('---\n\nText here.\n\n---\n\nMore.'))).toEqual([
      'paragraph: Text here.',
      'paragraph: More.',
    ]);
  });

  it('gives each block its headings without the title', () => {
    expect(outline(markdown('# T\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd'))).toEqual([
      'heading: T',
      'paragraph: a',
      'heading: B',
      'paragraph: b ⟨B⟩',
      'heading: C ⟨B⟩',
      'paragraph: c ⟨B > C⟩',
      'heading: D',
      'paragraph: d ⟨D⟩',
    ]);
  });

  it('keeps the text of links, images, code and entities, and no marks', () => {
    const text =
      '**Bold** [our page](https://x.example "t"), ![a tent](t.png), [ref][r], `a<b>` &amp; &euro;5 \\* <https://y.example>\n\n[r]: https://z.example';
    expect(outline(markdown(text))).toEqual([
      'paragraph: Bold our page, a tent, ref, a<b> & €5 * https://y.example',
    ]);
  });

  it('drops comments, scripts and inline tags', () => {
    expect(
      outline(markdown('<!-- secret -->\n\nA <b>bold</b><br>line <!-- x --> <script>alert(1)</script>end.')),
    ).toEqual(['paragraph: A bold line end.']);
  });

  it('reads HTML blocks as HTML', () => {
    const text =
      '<details>\n<summary>Why?</summary>\n\nBecause.\n\n</details>\n\n<table><tr><th>Day</th><th>Open</th></tr><tr><td>Mon</td><td>9</td></tr></table>';
    expect(outline(markdown(text))).toEqual([
      'heading: Why?',
      'paragraph: Because. ⟨Why?⟩',
      'table_row: Day: Mon; Open: 9.',
    ]);
  });

  it('makes one line of each table row', () => {
    const { text } = markdown(
      '| Zone | Standard | Express |\n|---|--:|---|\n| Germany | €4.90 | €9.90 |\n| Austria | | **€12** |',
    );
    expect(text).toBe('Zone: Germany; Standard: €4.90; Express: €9.90.\nZone: Austria; Express: €12.');
  });

  it('uses a first column without a name as it is', () => {
    const { text } = markdown('| | S | M |\n|---|---|---|\n| Chest | 90 | 96 |');
    expect(text).toBe('Chest; S: 90; M: 96.');
  });

  it('makes list items, nested and numbered', () => {
    const { text, blocks } = markdown(
      'You need:\n\n- a receipt\n- the box\n  1. flat\n  2. closed\n- [x] time\n\nDone.',
    );
    expect(text).toBe('You need:\n\na receipt\nthe box\n1. flat\n2. closed\ntime\n\nDone.');
    expect(blocks.filter((block) => block.kind === 'list_item')).toHaveLength(5);
  });

  it('keeps code blocks whole and joins wrapped lines of prose', () => {
    expect(
      outline(markdown('One\ntwo  \nthree.\n\n```sh\nrun  --it\n\n  indented\n```\n\n> Quoted\n> text.')),
    ).toEqual(['paragraph: One two three.', 'code: run  --it\n  indented', 'quote: Quoted text.']);
  });

  it.each(['> ', '- ', '1. ', '[', '![[', '**a ', '<div>\n', '_a', '`', '|'])(
    'survives a hundred thousand of %j',
    (unit) => {
      const began = performance.now();
      const { text } = markdown(`${unit.repeat(100_000)}visible\n\nlast words`);
      expect(text).toContain('last words');
      expect(performance.now() - began).toBeLessThan(10_000);
    },
    30_000,
  );

  it('survives lists nested by ever deeper indentation', () => {
    const lines = Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth * 2)}- item ${depth}`);
    expect(markdown(lines.join('\n')).text).toContain('item 1499');
  });
});

it('reads no bytes of a picture as words, and leaves what code says as it is', () => {
  const address = `data:image/png;base64,${'QUJD'.repeat(3_000)}`;
  const { builder } = parseMarkdown(
    `See ![the lid][lid] here.\n\n\`\`\`\n<img src="${address}">\n\`\`\`\n\n[lid]: ${address}\n`,
  );
  expect(builder.build('').text).toBe(`See the lid here.\n\n<img src="${address}">`);
  expect(builder.pictures).toMatchObject([{ alt: 'the lid', address, before: 'See the lid here.' }]);
});
