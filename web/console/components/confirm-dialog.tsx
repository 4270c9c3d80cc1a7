import { translate } from '../translate.ts';
import { Dialog } from './dialog.tsx';
import { useAction } from './use-action.ts';

interface ConfirmDialogProps {
  title: string;
  text: string;
  /** What the button does, in a word or two. */
  action: string;
  /** It can be taken back, but takes long or costs something. */
  isHarmless?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once more before something that cannot be taken back, or that takes long. */
export function ConfirmDialog({
  title,
  text,
  action,
  isHarmless = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { busy, run } = useAction();
  const confirm = () =>
    run(async () => {
      await onConfirm();
      onClose();
    });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            {translate('action.cancel')}
          </button>
          <button
            type="button"
            class={isHarmless ? 'button primary' : 'button danger'}
            disabled={busy}
            onClick={confirm}
          >
            {action}
          </button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
