import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api/request.ts';
import { useLoaded, type Loaded } from '../../data/use-loaded.ts';

/** Milliseconds after the last key until what was typed is tried. */
const PAUSE = 400;

/** What a table would come to, asked again a moment after each change; the answer to an earlier one is dropped. */
export function usePreview<Preview>(path: string, body: unknown): Loaded<Preview> {
  const wanted = JSON.stringify(body);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), PAUSE);
    return () => clearTimeout(timer);
  }, [wanted]);
  return useLoaded<Preview>(asked, (signal) =>
    call<Preview>('POST', `${path}/preview`, { body: JSON.parse(asked) as unknown, signal }),
  ).loaded;
}
