import type { KnowledgeDocument } from '../../api/knowledge-types.ts';
import { translate } from '../../translate.ts';

/** What stands between a document and its source, or customers: said above its text. */
export function OwnTextNote({ document: { enabled, own_text: own } }: { document: KnowledgeDocument }) {
  return (
    <>
      {!enabled && (
        <p class="form-error" role="status">
          {translate('document.disabled_note')}
        </p>
      )}
      {own !== null && (
        <p class="muted own-text" role="status">
          {translate(own === 'edited' ? 'document.edited_note' : 'document.overtaken_note')}
        </p>
      )}
    </>
  );
}
