import { translate } from '../translate.ts';
import { tell, tellFailure } from './toasts.tsx';

/** Text that is meant to be pasted elsewhere, with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => tell(translate('action.copied')), tellFailure);
  return (
    <div class="copy-text">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <button type="button" class="button small" onClick={() => void copy()}>
        {translate('action.copy')}
        <span class="visually-hidden"> {label}</span>
      </button>
    </div>
  );
}
