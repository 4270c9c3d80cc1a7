import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { CRAWL } from './crawl-settings.ts';
import { normaliseAddress } from './page-address.ts';

export interface PageLinks {
  /** Normalised, each once, in page order; [] when the page says "nofollow". */
  links: string[];
  /** The address that the page calls its own. */
  canonical: string | null;
  noindex: boolean;
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What an HTML page says of itself and where it leads. `robots`: the X-Robots-Tag it came with. */
export function readLinks(markup: string, address: string, robots: string): PageLinks {
  const elements = elementsOf(parse(markup));
  const attribute = (element: Element, name: string): string =>
    element.attrs.find((one) => one.name === name)?.value.trim() ?? '';
  const named = (name: string): Element[] => elements.filter(({ tagName }) => tagName === name);
  const base =
    normaliseAddress(named('base').map((one) => attribute(one, 'href'))[0] ?? '', address) ?? address;
  const rules = [
    robots,
    ...named('meta')
      .filter((one) => /^(?:robots|answerbox)$/i.test(attribute(one, 'name')))
      .map((one) => attribute(one, 'content')),
  ].join(',');
  const canonical = named('link').find((one) => /(?:^|\s)canonical(?:\s|$)/i.test(attribute(one, 'rel')));
  const links = named('a')
    .filter((one) => !/\bnofollow\b/i.test(attribute(one, 'rel')) && attribute(one, 'href') !== '')
    .map((one) => normaliseAddress(attribute(one, 'href'), base))
    .filter((link) => link !== null);
  return {
    links: /\b(?:nofollow|none)\b/i.test(rules) ? [] : [...new Set(links)].slice(0, CRAWL.linksOfPage),
    canonical: canonical ? normaliseAddress(attribute(canonical, 'href'), base) : null,
    noindex: /\b(?:noindex|none)\b/i.test(rules),
  };
}

/** In page order, without recursion: a page may be nested as deep as it likes. */
function elementsOf(document: DefaultTreeAdapterTypes.Document): Element[] {
  const found: Element[] = [];
  const pending: Node[] = [document];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node)
      for (let index = node.childNodes.length - 1; index >= 0; index -= 1)
        pending.push(node.childNodes[index]!);
  }
  return found;
}
