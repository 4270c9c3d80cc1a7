import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { fetchPictures } from '../api/answerbox-api.ts';
import type { SourcePicture } from '../api/wire-types.ts';

/**
 * Pictures near the cited passages, by index of the citation; each picture once. Asked for when the list of sources
 * comes into view: a long conversation loads those that are looked at.
 */
export function usePictures(
  citations: readonly Citation[],
  list: RefObject<HTMLElement | null>,
): ReadonlyMap<number, SourcePicture[]> {
  const [pictures, setPictures] = useState<ReadonlyMap<number, SourcePicture[]>>(new Map());
  const key = citations.map(({ document_id, start, end }) => `${document_id} ${start} ${end}`).join();
  useEffect(() => {
    if (!list.current) return undefined;
    let wanted = true;
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void findAll(citations).then((found) => wanted && setPictures(found));
    });
    observer.observe(list.current);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [key, list]);
  return pictures;
}

async function findAll(citations: readonly Citation[]): Promise<Map<number, SourcePicture[]>> {
  // An answer is whole without them: what fails shows nothing.
  const found = await Promise.all(citations.map((citation) => fetchPictures(citation).catch(() => [])));
  const shown = new Set<string>();
  return new Map(
    citations.map(({ index }, at) => [
      index,
      (found[at] ?? []).filter(({ url }) => !shown.has(url) && shown.add(url)),
    ]),
  );
}
