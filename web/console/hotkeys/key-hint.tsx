import { formatHotkey } from '@zag-js/hotkeys';

/** Keys as they are printed on the keyboard at hand. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span class="key-hint">
      {keys.split('>').map((step) => (
        <kbd key={step}>{formatHotkey(step.trim(), { style: 'text' })}</kbd>
      ))}
    </span>
  );
}
