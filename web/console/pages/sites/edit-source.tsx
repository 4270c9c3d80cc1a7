import { useState } from 'preact/hooks';
import type { KnowledgeSource } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { changesOf, draftOf } from '../../knowledge/source-draft.ts';
import { SourceFields } from '../../knowledge/source-fields.tsx';
import { translate } from '../../translate.ts';

interface EditSourceProps {
  source: KnowledgeSource;
  privateHosts: readonly string[];
  onClose: () => void;
  onChanged: () => void;
}

/** How a site or folder is followed, and what is said of its documents, from the next visit on. */
export function EditSource({ source, privateHosts, onClose, onChanged }: EditSourceProps) {
  const before = draftOf(source);
  const [draft, setDraft] = useState(before);
  const { busy, run } = useAction();
  const save = (event: Event) => {
    event.preventDefault();
    const body = changesOf(before, draft);
    if (Object.keys(body).length === 0) return onClose();
    run(async () => {
      await call('PATCH', `/api/v1/knowledge/sources/${source.id}`, { body });
      tell(translate('sites.saved'));
      onClose();
      onChanged();
    });
  };
  return (
    <Dialog title={translate('sites.change_title', { address: source.address })} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <SourceFields
          draft={draft}
          onChange={setDraft}
          kind={source.kind === 'folder' ? 'folder' : 'site'}
          privateHosts={privateHosts}
        />
        <button type="submit" class="button primary" disabled={busy}>
          {translate(busy ? 'action.saving' : 'action.save')}
        </button>
      </form>
    </Dialog>
  );
}
