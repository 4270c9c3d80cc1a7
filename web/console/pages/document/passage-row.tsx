import type { DocumentChunk } from '../../api/knowledge-types.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface PassageRowProps {
  chunk: DocumentChunk;
  chosen: boolean;
  busy: boolean;
  onChoose: () => void;
  onSwitch: () => void;
}

/** A passage as it is retrieved, or kept from being so. */
export function PassageRow({ chunk, chosen, busy, onChoose, onSwitch }: PassageRowProps) {
  return (
    <div class="passage-row" data-enabled={chunk.enabled}>
      <button type="button" class="chunk" aria-pressed={chosen} onClick={onChoose}>
        <span class="chunk-head">
          <strong>{chunk.heading_path}</strong>
          <small>
            {translate('document.chunk', { number: chunk.ordinal + 1, tokens: chunk.tokens })}
            {chunk.page !== null && ` · ${translate('document.page', { page: chunk.page })}`}
            {!chunk.enabled && ` · ${translate('document.passage_disabled')}`}
          </small>
        </span>
        <span class="chunk-text">{chunk.text}</span>
      </button>
      {may('knowledge.write') && (
        <button type="button" class="button small quiet" disabled={busy} onClick={onSwitch}>
          {translate(chunk.enabled ? 'document.passage_disable' : 'document.passage_enable')}
          <span class="visually-hidden"> {chunk.ordinal + 1}</span>
        </button>
      )}
    </div>
  );
}
