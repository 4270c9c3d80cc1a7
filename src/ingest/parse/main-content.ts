import type { DefaultTreeAdapterTypes } from 'parse5';
import { attribute, type HtmlElement, isElement, isHidden, textOf } from './html-elements.ts';

export interface PageParts {
  /** What to read, in page order; the whole body when nothing is marked as main content. */
  roots: HtmlElement[];
  isMarked: boolean;
  headings: HtmlElement[];
  titleElement: HtmlElement | null;
  /** Ids that a button opens: hidden at first, but content. */
  shownIds: ReadonlySet<string>;
}

/** Share of the body's words that lone <article> elements must hold to be the main content. */
const ARTICLE_SHARE = 0.5;

/** Finds <main>, role=main or <article>; without text in them, the body. */
export function findMainContent(document: DefaultTreeAdapterTypes.Document): PageParts {
  const elements = elementsOf(document);
  const named = (...names: string[]) => elements.filter((element) => names.includes(element.tagName));
  const shownIds = new Set(elements.flatMap((element) => openedIds(element)));
  const visible = (found: HtmlElement[]) =>
    outermost(found.filter((element) => !isHidden(element, shownIds)));
  const length = (found: HtmlElement[]) =>
    found.reduce((sum, one) => sum + textOf(one, shownIds).trim().length, 0);
  const body = named('body').slice(0, 1);
  const mains = visible(
    elements.filter((one) => one.tagName === 'main' || attribute(one, 'role') === 'main'),
  );
  const articles = mains.length > 0 ? [] : visible(named('article'));
  const isMain = length(mains) > 0;
  const isArticles = !isMain && articles.length > 0 && length(articles) >= ARTICLE_SHARE * length(body);
  return {
    roots: isMain ? mains : isArticles ? articles : body,
    isMarked: isMain || isArticles,
    headings: named('h1'),
    titleElement: named('title')[0] ?? null,
    shownIds,
  };
}

function elementsOf(document: DefaultTreeAdapterTypes.Document): HtmlElement[] {
  const found: HtmlElement[] = [];
  const pending: (HtmlElement | DefaultTreeAdapterTypes.Document)[] = [document];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    if (isElement(parent)) found.push(parent);
    for (let index = parent.childNodes.length - 1; index >= 0; index -= 1) {
      const child = parent.childNodes[index];
      if (child && isElement(child)) pending.push(child);
    }
  }
  return found;
}

function openedIds(element: HtmlElement): string[] {
  if (!/^(?:button|a|summary)$/.test(element.tagName)) return [];
  return (attribute(element, 'aria-controls') ?? '').split(/\s+/).filter((id) => id !== '');
}

/** Elements that do not lie in another one of the list. */
function outermost(found: readonly HtmlElement[]): HtmlElement[] {
  const all = new Set<unknown>(found);
  return found.filter((element) => {
    for (let above = element.parentNode; above; above = isElement(above) ? above.parentNode : null) {
      if (all.has(above)) return false;
    }
    return true;
  });
}
