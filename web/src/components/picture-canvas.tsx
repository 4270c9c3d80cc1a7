import { useEffect, useRef } from 'preact/hooks';
import { fetchPicture } from '../api/answerbox-api.ts';

interface Props {
  path: string;
  alt: string;
  width: number;
  height: number;
}

/**
 * A picture drawn from its bytes. The policy of the page that the widget stands on may allow no picture from
 * elsewhere, not even blobs; a canvas is none.
 */
export function PictureCanvas({ path, alt, width, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let wanted = true;
    fetchPicture(path)
      .then((blob) => createImageBitmap(blob))
      .then((bitmap) => {
        const element = canvas.current;
        if (!wanted || !element) return;
        element.width = bitmap.width;
        element.height = bitmap.height;
        element.getContext('2d')?.drawImage(bitmap, 0, 0);
        element.dataset['drawn'] = 'true';
        bitmap.close();
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [path]);
  return <canvas ref={canvas} class="picture" role="img" aria-label={alt} width={width} height={height} />;
}
