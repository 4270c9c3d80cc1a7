import { useRef } from 'preact/hooks';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

/** What the server takes, so that the browser offers nothing else; the server looks at the content. */
const TAKEN = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain';

export function FileButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const name = translate('file.button');
  return (
    <>
      <button
        type="button"
        class="button icon-only quiet"
        aria-label={name}
        title={name}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={TAKEN}
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
