import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { afterGrowth, afterScroll, followTo, FOLLOWING, type ScrollMetrics } from './stick-to-bottom.ts';

export interface StickToBottom {
  /** The element whose growth is watched; the last `[data-anchor]` in it is kept in sight. */
  contentRef: { current: HTMLElement | null };
  unseen: boolean;
  jumpToBottom: () => void;
}

/** Keeps the window at the bottom while the reader is there, and tells when something came below. */
export function useStickToBottom(): StickToBottom {
  const contentRef = useRef<HTMLElement>(null);
  const state = useRef(FOLLOWING);
  const [unseen, setUnseen] = useState(false);

  const jumpToBottom = useCallback(() => {
    state.current = FOLLOWING;
    setUnseen(false);
    scrollTo(document.documentElement.scrollHeight);
  }, []);

  useEffect(() => {
    let previousTop = window.scrollY;
    const onScroll = () => {
      state.current = afterScroll(state.current, measureWindow(), previousTop);
      previousTop = window.scrollY;
      setUnseen(state.current.unseen);
    };
    let previousHeight = 0;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.contentRect.height ?? 0;
      const grewBy = height - previousHeight;
      previousHeight = height;
      if (grewBy <= 0) return;
      state.current = afterGrowth(state.current);
      setUnseen(state.current.unseen);
      if (state.current.following) scrollTo(followTo(measureWindow(), grewBy, anchorTop(contentRef.current)));
    });
    if (contentRef.current) observer.observe(contentRef.current);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
    };
  }, [jumpToBottom]);

  return { contentRef, unseen, jumpToBottom };
}

function measureWindow(): ScrollMetrics {
  const { clientHeight, scrollHeight } = document.documentElement;
  return { scrollTop: window.scrollY, viewportHeight: clientHeight, contentHeight: scrollHeight };
}

function scrollTo(top: number): void {
  window.scrollTo({ top, behavior: 'instant' });
}

/** The scroll position that puts the newest question right below the sticky header. */
function anchorTop(content: HTMLElement | null): number | null {
  const anchor = [...(content?.querySelectorAll('[data-anchor]') ?? [])].at(-1);
  if (!anchor) return null;
  const margin = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  return window.scrollY + anchor.getBoundingClientRect().top - margin;
}
