import { describe, expect, it } from 'vitest';
import { outline, parseString } from './parse-string.suite.ts';

const html = (content: string) => parseString('help-page.html', content);

describe('parseHtml', () => {
  it('reads the main content only', () => {
    const page =
      html(`<!doctype html><title>Returns | Shop</title><script>no()</script><body><header>Logo</header><nav>Menu</nav>
      <main><h1>Returns</h1><p>Send it&nbsp;back &amp; wait.</p><aside>Note this.</aside><button>Go</button></main><aside>Ad</aside><footer>Legal</footer>`);
    expect(page.title).toBe('Returns');
    expect(page.mediaType).toBe('text/html');
    expect(outline(page)).toEqual([
      'heading: Returns',
      'paragraph: Send it back & wait.',
      'paragraph: Note this.',
    ]);
  });

  it('reads the body without its furniture when no main content is marked', () => {
    const page =
      html(`<title>Delivery times – Shop</title><header>Logo</header><div>We deliver.<style>p{}</style><form><label>Mail</label><input value=x><select><option>1</select><p>In a form.</p></form>
      <noscript>No JS</noscript><template><p>t</p></template><p hidden>h</p><p style="display: none">n</p><p aria-hidden=true>a</p></div><footer>Legal</footer>`);
    expect(page.title).toBe('Delivery times');
    expect(outline(page)).toEqual(['paragraph: We deliver.', 'paragraph: In a form.']);
  });

  it('falls back to the body when main is empty', () => {
    expect(html('<main></main><p>Here it is.</p>').text).toBe('Here it is.');
  });

  it('does not take a small article for the page', () => {
    expect(
      html('<p>A long explanation of how things are sent back.</p><article>Ad</article>').text,
    ).toContain('long explanation');
  });

  it('uses the only h1 even in the page header, then the file name', () => {
    expect(html('<header><h1>Fees</h1></header><p>None.').title).toBe('Fees');
    expect(html('<p>None.').title).toBe('Help page');
  });

  it('shows accordion panels and their buttons in headings', () => {
    const page = html(
      '<main><h3><button aria-controls=p1>How long?</button></h3><div id=p1 hidden>Two days.</div><div hidden>Not this.</div></main>',
    );
    expect(outline(page)).toEqual(['heading: How long?', 'paragraph: Two days. ⟨How long?⟩']);
  });

  it('makes tables into lines with their headers', () => {
    const { text } = html(`<table><caption>Fees</caption><thead><tr><th>Zone<th>Standard<th>Express</thead>
      <tr><td>Germany<td>€4.90<td>€9.90<tr><td>Austria<td colspan=2>free</table>`);
    expect(text).toBe(
      'Fees\n\nZone: Germany; Standard: €4.90; Express: €9.90.\nZone: Austria; Standard: free; Express: free.',
    );
  });

  it('repeats a cell that spans rows', () => {
    const { text } = html(
      '<table><tr><th>Place<th>Day<th>Open<tr><td rowspan=2>Shop<td>Mon<td>9<tr><td>Tue<td>10</table>',
    );
    expect(text).toBe('Place: Shop; Day: Mon; Open: 9.\nPlace: Shop; Day: Tue; Open: 10.');
  });

  it('reads two columns without header as names and values', () => {
    const { text } = html(
      '<table><tr><td>Monday</td><td>9 to 18</td></tr><tr><th>Sunday:</th><td>closed</td></tr></table>',
    );
    expect(text).toBe('Monday: 9 to 18.\nSunday: closed.');
  });

  it('walks into tables that only lay out the page', () => {
    expect(outline(html('<table><tr><td><h1>Head</h1><p>Text.</td></tr></table>'))).toEqual([
      'heading: Head',
      'paragraph: Text.',
    ]);
  });

  it('reads lists, definition lists, quotes and code', () => {
    const page = html(`<main><ol start=3><li>Open<li>Close<ul><li>softly</ul></ol>
      <dl><dt>Fee<dd>€5<dt>Is it free?<dd>No.<dt>Alone</dl><blockquote><p>Said.</blockquote><pre>a  b
  c</pre></main>`);
    expect(outline(page)).toEqual([
      'list_item: 3. Open',
      'list_item: 4. Close',
      'list_item: softly',
      'list_item: Fee: €5',
      'list_item: Is it free? No.',
      'list_item: Alone',
      'quote: Said.',
      'code: a  b\n  c',
    ]);
  });

  it('takes a summary for a heading until its details end', () => {
    const page = html('<main><h2>FAQ</h2><details><summary>Why?</summary><p>So.</details><p>After.</main>');
    expect(outline(page)).toEqual([
      'heading: FAQ',
      'heading: Why? ⟨FAQ⟩',
      'paragraph: So. ⟨FAQ > Why?⟩',
      'paragraph: After. ⟨FAQ⟩',
    ]);
  });

  it('leaves out comments, SVG text and keeps alternative texts', () => {
    expect(html('<p>A<!-- x --> <svg><text>no</text></svg><img alt="tent" src=x> b<br>c</p>').text).toBe(
      'A tent b c',
    );
  });

  it.each([
    '<div>',
    '<b>',
    '<span><div>x</div>',
    '<table><tr><td>',
    '<ul><li>',
    '<blockquote>',
    '<details><summary>a</summary>',
    '<b><i><p>x',
    '<font><p>',
  ])(
    'survives a hundred thousand open %s',
    (tag) => {
      const began = performance.now();
      expect(html(`<p>first words</p>${tag.repeat(100_000)}last words`).text).toContain('last words');
      expect(performance.now() - began).toBeLessThan(15_000);
    },
    30_000,
  );
});
