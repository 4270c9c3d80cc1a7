import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** As much of a page's tree as is used here; the server's own types know no browser. */
interface PageNode {
  textContent: string | null;
  remove(): void;
  querySelectorAll(selector: string): Iterable<PageNode>;
}
interface Page {
  body: PageNode | null;
}

const READABLE = {
  /** Share of a page's letters that stand in links from which on it is full of navigation, 0.2…0.6. */
  linkShare: 0.3,
  /** Letters that the content found must have at least, 100…1,000. */
  characters: 250,
  /** Share of the letters outside links that it must hold, 0.3…0.9: less, and it lost what matters. */
  kept: 0.5,
  /** Elements beyond which a page is read as it is: the search takes time with every one. */
  elements: 20_000,
} as const;

/**
 * The main content of a page that marks none and is full of links, as HTML, by Mozilla's Readability; null
 * where the whole page is the better reading.
 */
export function readableContent(markup: string): string | null {
  if (
    (markup.match(/<a[\s>]/gi)?.length ?? 0) < 10 ||
    (markup.match(/</g)?.length ?? 0) > READABLE.elements * 2
  )
    return null;
  const { document } = parseHTML(markup) as unknown as { document: Page };
  const { body } = document;
  if (!body) return null;
  const letters = (text: string | null): number => (text ?? '').replace(/\s+/g, '').length;
  for (const unread of [...body.querySelectorAll('script, style, noscript, template')]) unread.remove();
  const all = letters(body.textContent);
  const linked = [...body.querySelectorAll('a')].reduce((sum, link) => sum + letters(link.textContent), 0);
  if (all === 0 || linked / all < READABLE.linkShare) return null;
  const article = new Readability(document, {
    charThreshold: READABLE.characters,
    maxElemsToParse: READABLE.elements,
  }).parse();
  const found = letters(article?.textContent ?? '');
  const isWorth = found >= READABLE.characters && found >= (all - linked) * READABLE.kept;
  return isWorth ? (article?.content ?? null) : null;
}
