import type { ScrollMetrics } from './stick-to-bottom.ts';

/** What scrolls: the window, or an element with its own scroll bar. */
export interface Viewport {
  target(): EventTarget | null;
  measure(): ScrollMetrics;
  scrollTo(top: number): void;
  /** The scroll position that puts an element right below what covers the top; `null` without an element. */
  anchorTop(anchor: Element | null): number | null;
}

export const windowViewport: Viewport = {
  target: () => window,
  measure: () => {
    const { clientHeight, scrollHeight } = document.documentElement;
    return { scrollTop: window.scrollY, viewportHeight: clientHeight, contentHeight: scrollHeight };
  },
  scrollTo: (top) => window.scrollTo({ top, behavior: 'instant' }),
  anchorTop: (anchor) => {
    if (!anchor) return null;
    const margin = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    return window.scrollY + anchor.getBoundingClientRect().top - margin;
  },
};

/** Pixels between the top of a scrolling element and the question that is kept in sight. */
const ELEMENT_MARGIN = 12;

export function elementViewport(element: { readonly current: HTMLElement | null }): Viewport {
  return {
    target: () => element.current,
    measure: () => ({
      scrollTop: element.current?.scrollTop ?? 0,
      viewportHeight: element.current?.clientHeight ?? 0,
      contentHeight: element.current?.scrollHeight ?? 0,
    }),
    scrollTo: (top) => element.current?.scrollTo({ top, behavior: 'instant' }),
    anchorTop: (anchor) => {
      if (!anchor || !element.current) return null;
      const distance = anchor.getBoundingClientRect().top - element.current.getBoundingClientRect().top;
      return element.current.scrollTop + distance - ELEMENT_MARGIN;
    },
  };
}
