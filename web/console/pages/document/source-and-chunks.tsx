import { useMemo, useState } from 'preact/hooks';
import type { DocumentChunk } from '../../api/knowledge-types.ts';
import { Empty } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { translate } from '../../translate.ts';
import { splitByChunks } from './split-by-chunks.ts';

interface SourceAndChunksProps {
  text: string;
  chunks: readonly DocumentChunk[];
}

/** The text on one side, on the other its passages as they are retrieved; choosing one shows it in the other. */
export function SourceAndChunks({ text, chunks }: SourceAndChunksProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const segments = useMemo(() => splitByChunks(text, chunks), [text, chunks]);
  if (chunks.length === 0)
    return (
      <Empty
        icon="book"
        title={translate('document.no_passages')}
        hint={translate('document.no_passages_hint')}
      />
    );
  return (
    <div class="source-and-chunks">
      <section aria-labelledby="source-title">
        <h2 id="source-title">{translate('document.source')}</h2>
        <VirtualList
          items={segments}
          keyOf={({ start }) => start}
          rowHeight={120}
          label={translate('document.source')}
          shown={segments.findIndex(({ chunk }) => chunk !== null && chunk === chosen)}
          render={(segment) =>
            segment.chunk !== null && segment.chunk === chosen ? (
              <mark class="segment">{segment.text}</mark>
            ) : (
              <span class="segment" data-between={segment.chunk === null}>
                {segment.text}
              </span>
            )
          }
        />
      </section>
      <section aria-labelledby="chunks-title">
        <h2 id="chunks-title">{translate('document.as_retrieved')}</h2>
        <VirtualList
          items={chunks}
          keyOf={({ id }) => id}
          rowHeight={140}
          label={translate('document.as_retrieved')}
          render={(chunk) => (
            <button
              type="button"
              class="chunk"
              aria-pressed={chunk.id === chosen}
              onClick={() => setChosen(chunk.id === chosen ? null : chunk.id)}
            >
              <span class="chunk-head">
                <strong>{chunk.heading_path}</strong>
                <small>
                  {translate('document.chunk', { number: chunk.ordinal + 1, tokens: chunk.tokens })}
                  {chunk.page !== null && ` · ${translate('document.page', { page: chunk.page })}`}
                </small>
              </span>
              <span class="chunk-text">{chunk.text}</span>
            </button>
          )}
        />
      </section>
    </div>
  );
}
