import { useRef } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import { translate } from '../translate.ts';

/** What the server takes, so that the browser offers nothing else; the server looks at the content. */
const TAKEN = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain';

export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button small quiet attach" onClick={() => input.current?.click()}>
        <Icon name="clip" /> {translate('file.attach')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={TAKEN}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
