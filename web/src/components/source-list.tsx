import type { Citation } from '../../../src/answer/answer-types.ts';
import { translate } from '../translate.ts';

/** The citations again, as text that can be read, copied and printed without opening anything. */
export function SourceList({ citations }: { citations: Citation[] }) {
  return (
    <section class="sources">
      <h3>{translate('sources.title')}</h3>
      <ul>
        {citations.map((citation) => (
          <li key={citation.index}>
            <span class="source-number">[{citation.index}]</span>
            <span class="source-title">{citation.title}</span>
            <q class="source-quote">{citation.quote}</q>
          </li>
        ))}
      </ul>
    </section>
  );
}
