import { useMemo, useState } from 'preact/hooks';
import type { DocumentChunk, DocumentWithText } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Empty } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { translate } from '../../translate.ts';
import { PassageRow } from './passage-row.tsx';
import { splitByChunks } from './split-by-chunks.ts';

interface SourceAndChunksProps {
  document: DocumentWithText;
  chunks: readonly DocumentChunk[];
  onChanged: () => void;
}

/** The text on one side, on the other its passages as they are retrieved; choosing one shows it in the other. */
export function SourceAndChunks({ document: { id, text }, chunks, onChanged }: SourceAndChunksProps) {
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<number | null>(null);
  const segments = useMemo(() => splitByChunks(text, chunks), [text, chunks]);
  const change = ({ id: passage, enabled }: DocumentChunk) =>
    run(async () => {
      const path = `/api/v1/documents/${encodeURIComponent(id)}/chunks/${passage}/enabled`;
      await call('PUT', path, { body: { enabled: !enabled } });
      tell(translate(enabled ? 'document.passage_disabled_told' : 'document.passage_enabled_told'));
      onChanged();
    });
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
            <PassageRow
              chunk={chunk}
              chosen={chunk.id === chosen}
              busy={busy}
              onChoose={() => setChosen(chunk.id === chosen ? null : chunk.id)}
              onSwitch={() => change(chunk)}
            />
          )}
        />
      </section>
    </div>
  );
}
