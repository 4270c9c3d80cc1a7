import { useEffect, useRef } from 'preact/hooks';
import { translate } from '../translate.ts';

interface Props {
  onLoad: () => Promise<void>;
}

/** Above the first message that was read: coming near it reads what is before, as does a press. */
export function OlderMessages({ onLoad }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const element = button.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && void onLoad(),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [onLoad]);
  return (
    <button ref={button} type="button" class="button older" onClick={() => void onLoad()}>
      {translate('log.older')}
    </button>
  );
}
