import { useState } from 'preact/hooks';
import type { SourcePicture } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { PictureCanvas } from './picture-canvas.tsx';
import { PicturePanel } from './picture-panel.tsx';

interface Props {
  title: string;
  pictures: readonly SourcePicture[];
}

/** The pictures beside a cited passage; each opens larger. */
export function SourcePictures({ title, pictures }: Props) {
  const [opened, setOpened] = useState<SourcePicture | null>(null);
  const altOf = ({ alt }: SourcePicture): string => alt || translate('picture.from', { title });
  return (
    <div class="source-pictures">
      {pictures.map((picture) => (
        <button
          key={picture.url}
          type="button"
          class="picture-button"
          aria-label={translate('picture.open', { alt: altOf(picture) })}
          aria-haspopup="dialog"
          onClick={() => setOpened(picture)}
        >
          <PictureCanvas {...picture} path={`${picture.url}?size=thumbnail`} alt={altOf(picture)} />
        </button>
      ))}
      {opened && <PicturePanel picture={opened} alt={altOf(opened)} onClose={() => setOpened(null)} />}
    </div>
  );
}
