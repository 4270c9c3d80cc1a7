import { useRef } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { usePictures } from '../source/use-pictures.ts';
import { translate } from '../translate.ts';
import { SourcePictures } from './source-pictures.tsx';

/** The citations again, as text that can be read, copied and printed without opening anything. */
export function SourceList({ citations }: { citations: Citation[] }) {
  const list = useRef<HTMLElement>(null);
  const pictures = usePictures(citations, list);
  return (
    <section class="sources" ref={list}>
      <h3>{translate('sources.title')}</h3>
      <ul>
        {citations.map((citation) => (
          <li key={citation.index}>
            <span class="source-number">[{citation.index}]</span>
            <span class="source-title">{citation.title}</span>
            <q class="source-quote">{citation.quote}</q>
            <SourcePictures title={citation.title} pictures={pictures.get(citation.index) ?? []} />
          </li>
        ))}
      </ul>
    </section>
  );
}
