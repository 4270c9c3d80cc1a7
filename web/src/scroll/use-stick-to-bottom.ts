import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { windowViewport, type Viewport } from './scroll-viewport.ts';
import { afterGrowth, afterScroll, followTo, FOLLOWING } from './stick-to-bottom.ts';

export interface StickToBottom {
  /** The element whose growth is watched; the last `[data-anchor]` in it is kept in sight. */
  contentRef: { current: HTMLElement | null };
  unseen: boolean;
  jumpToBottom: () => void;
}

/** Keeps the viewport at the bottom while the reader is there, and tells when something came below. */
export function useStickToBottom(viewport: Viewport = windowViewport): StickToBottom {
  const contentRef = useRef<HTMLElement>(null);
  const state = useRef(FOLLOWING);
  const [unseen, setUnseen] = useState(false);

  const jumpToBottom = useCallback(() => {
    state.current = FOLLOWING;
    setUnseen(false);
    viewport.scrollTo(viewport.measure().contentHeight);
  }, [viewport]);

  useEffect(() => {
    const target = viewport.target();
    let previousTop = viewport.measure().scrollTop;
    const onScroll = () => {
      const metrics = viewport.measure();
      state.current = afterScroll(state.current, metrics, previousTop);
      previousTop = metrics.scrollTop;
      setUnseen(state.current.unseen);
    };
    let previousHeight = 0;
    let first: Element | null = null;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.contentRect.height ?? 0;
      const grewBy = height - previousHeight;
      previousHeight = height;
      const before = first;
      first = contentRef.current?.querySelector('.message') ?? null;
      // Older messages came above: nothing is new below, and the reader stays where they are.
      if (grewBy <= 0 || (before !== null && before !== first && before.isConnected)) return;
      state.current = afterGrowth(state.current);
      setUnseen(state.current.unseen);
      const anchor = viewport.anchorTop(newestAnchor(contentRef.current));
      if (state.current.following) viewport.scrollTo(followTo(viewport.measure(), grewBy, anchor));
    });
    if (contentRef.current) observer.observe(contentRef.current);
    target?.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      target?.removeEventListener('scroll', onScroll);
    };
  }, [viewport]);

  return { contentRef, unseen, jumpToBottom };
}

function newestAnchor(content: HTMLElement | null): Element | null {
  return [...(content?.querySelectorAll('[data-anchor]') ?? [])].at(-1) ?? null;
}
