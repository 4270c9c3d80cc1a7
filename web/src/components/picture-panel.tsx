import { useEffect, useRef } from 'preact/hooks';
import type { SourcePicture } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';
import { PictureCanvas } from './picture-canvas.tsx';

interface Props {
  picture: SourcePicture;
  alt: string;
  onClose: () => void;
}

/** One picture, as large as the window allows. */
export function PicturePanel({ picture, alt, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="picture-panel"
      aria-label={alt}
      onClose={onClose}
      onClick={(event) => {
        // Only the backdrop is the dialog itself.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="picture-card">
        <button
          type="button"
          class="button icon-only"
          aria-label={translate('picture.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
        <PictureCanvas {...picture} path={picture.url} alt={alt} />
        <p>{alt}</p>
      </div>
    </dialog>
  );
}
