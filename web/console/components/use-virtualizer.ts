import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

type Options = Pick<VirtualizerOptions<HTMLElement, HTMLElement>, 'count' | 'estimateSize'> &
  Partial<
    Pick<
      VirtualizerOptions<HTMLElement, HTMLElement>,
      'getItemKey' | 'anchorTo' | 'followOnAppend' | 'overscan' | 'paddingStart' | 'paddingEnd'
    >
  > & { scroller: { readonly current: HTMLElement | null } };

/** TanStack's virtualizer as a hook of Preact: the component is rendered anew when what is in view changes. */
export function useVirtualizer({ scroller, ...options }: Options): Virtualizer<HTMLElement, HTMLElement> {
  const [, render] = useReducer<number, null>((count) => count + 1, 0);
  const whole: VirtualizerOptions<HTMLElement, HTMLElement> = {
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: 8,
    ...options,
    getScrollElement: () => scroller.current,
    onChange: () => render(null),
  };
  const [virtualizer] = useState(() => new Virtualizer(whole));
  virtualizer.setOptions(whole);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return virtualizer;
}
