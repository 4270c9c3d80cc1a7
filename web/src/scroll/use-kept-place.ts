import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps what a reader sees where it is when older messages are put above it: not every browser does that itself, and
 * one that does is left alone.
 * @param first key of the first message
 */
export function useKeptPlace(log: RefObject<HTMLElement | null>, first: string | undefined): void {
  const before = useRef<{ first: string | undefined; element: Element | null; top: number }>({
    first,
    element: null,
    top: 0,
  });
  const seen = before.current;
  // While rendering, the page still shows what was there.
  if (seen.first !== first) seen.top = seen.element?.getBoundingClientRect().top ?? 0;
  useLayoutEffect(() => {
    const { element, top } = before.current;
    if (before.current.first !== first && element?.isConnected === true && log.current?.contains(element)) {
      const moved = element.getBoundingClientRect().top - top;
      if (Math.abs(moved) > 1) scrollerOf(element).scrollBy({ top: moved, behavior: 'instant' });
    }
    before.current = { first, element: log.current?.querySelector('.message') ?? null, top: 0 };
  });
}

function scrollerOf(element: Element): Element | Window {
  for (let above = element.parentElement; above; above = above.parentElement)
    if (above !== document.documentElement && /auto|scroll/.test(getComputedStyle(above).overflowY))
      return above;
  return window;
}
