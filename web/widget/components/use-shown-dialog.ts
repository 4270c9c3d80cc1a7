import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { isTouchDevice } from '../../src/composer/is-touch-device.ts';

/** As in styles/panel.css: where the panel covers the page. */
const NARROW = '(width < 30rem)';

/** Shows and closes the dialog, in the way that fits the width, and brings the focus into it. */
export function useShownDialog(
  dialog: RefObject<HTMLDialogElement | null>,
  composer: RefObject<HTMLElement | null>,
  open: boolean,
): void {
  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return undefined;
    const narrow = window.matchMedia(NARROW);
    const show = () => {
      if (element.open) element.close();
      if (narrow.matches) element.showModal();
      else element.show();
    };
    show();
    // On a touch device the focus would bring up the keyboard, over the panel.
    if (!isTouchDevice()) composer.current?.focus({ preventScroll: true });
    narrow.addEventListener('change', show);
    return () => {
      narrow.removeEventListener('change', show);
      element.close();
    };
  }, [dialog, composer, open]);
}
