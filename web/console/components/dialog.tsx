import * as dialog from '@zag-js/dialog';
import { normalizeProps, useMachine } from '@zag-js/preact';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';
import { Portal } from './portal.tsx';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons below. */
  footer?: ComponentChildren;
  size?: 'small' | 'wide';
  class?: string;
  /** Where the focus goes first; else to the first field. */
  initialFocus?: () => HTMLElement | null;
  /** The title is read aloud only, as in the command bar. */
  hideTitle?: boolean;
}

/** A modal dialog; it is open as long as it is rendered. Esc and a click beside it close it. */
export function Dialog(props: DialogProps) {
  const { title, onClose, children, footer, size = 'small', initialFocus, hideTitle = false } = props;
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: true,
    onOpenChange: ({ open }) => {
      if (!open) onClose();
    },
    ...(initialFocus && { initialFocusEl: initialFocus }),
  });
  const api = dialog.connect(service, normalizeProps);
  return (
    <Portal>
      <div {...api.getBackdropProps()} class="dialog-backdrop" />
      <div {...api.getPositionerProps()} class="dialog-positioner">
        <section {...api.getContentProps()} class={`dialog dialog-${size} ${props.class ?? ''}`}>
          <header class={hideTitle ? 'visually-hidden' : 'dialog-header'}>
            <h2 {...api.getTitleProps()}>{title}</h2>
            {!hideTitle && (
              <button
                {...api.getCloseTriggerProps()}
                class="button icon-only"
                aria-label={translate('dialog.close')}
              >
                <Icon name="close" />
              </button>
            )}
          </header>
          <div class="dialog-body">{children}</div>
          {footer && <footer class="dialog-footer">{footer}</footer>}
        </section>
      </div>
    </Portal>
  );
}
