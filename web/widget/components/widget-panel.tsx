import { useEffect, useRef } from 'preact/hooks';
import { translate } from '../../src/translate.ts';
import type { WidgetHost } from '../widget-contracts.ts';
import { useShownDialog } from './use-shown-dialog.ts';
import { WidgetConversation } from './widget-conversation.tsx';

export interface AskedQuestion {
  text: string;
  /** Counts up, so that the same question can be asked twice. */
  number: number;
}

export interface PanelProps {
  host: WidgetHost;
  open: boolean;
  asked: AskedQuestion | null;
  onClose: () => void;
  /** How many messages came while the panel was closed. */
  onUnread: (count: number) => void;
}

export function WidgetPanel(props: PanelProps) {
  return props.host.inline ? <InlinePanel {...props} /> : <FloatingPanel {...props} />;
}

/** Fills an element of the page, which shows and hides it. */
function InlinePanel(props: PanelProps) {
  const composer = useRef<HTMLTextAreaElement>(null);
  return (
    <section
      class="panel inline"
      aria-label={translate('widget.label')}
      lang={translate('lang')}
      dir={directionOf(props)}
    >
      <WidgetConversation {...props} open composer={composer} />
    </section>
  );
}

/** Beside the page on a wide screen; on a narrow one over it, modal, so that the focus stays inside. */
function FloatingPanel(props: PanelProps) {
  const { open, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  useShownDialog(dialog, composer, open);

  // Escape closes a modal dialog by itself; the other one does not know it.
  useEffect(() => {
    const element = dialog.current;
    const onKey = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element && event.target.closest('.source-panel, .picture-panel');
      if (event.key === 'Escape' && !event.isComposing && !inside) onClose();
    };
    // What had the focus may be gone, as the button by which a person was asked for: then the key goes to the page.
    const onPageKey = (event: KeyboardEvent) => {
      if (open && event.target === document.body) onKey(event);
    };
    element?.addEventListener('keydown', onKey);
    window.addEventListener('keydown', onPageKey);
    return () => {
      element?.removeEventListener('keydown', onKey);
      window.removeEventListener('keydown', onPageKey);
    };
  }, [onClose, open]);

  return (
    <dialog
      ref={dialog}
      class="panel"
      aria-label={translate('widget.label')}
      lang={translate('lang')}
      dir={directionOf(props)}
      onClose={(event) => {
        // Not the dialogs of sources and pictures, which lie inside; and not the change between beside and over.
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose();
      }}
    >
      <WidgetConversation {...props} composer={composer} />
    </dialog>
  );
}

function directionOf({ host }: PanelProps): 'ltr' | 'rtl' {
  return host.frame.dir === 'rtl' ? 'rtl' : 'ltr';
}
