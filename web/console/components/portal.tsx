import type { ComponentChildren } from 'preact';
import { createPortal } from 'preact/compat';

/** What lies over the page, at its end. (Zag's own Portal for Preact 1.44 calls for React, which is not there.) */
export function Portal({ children }: { children: ComponentChildren }) {
  return createPortal(<>{children}</>, document.body);
}
