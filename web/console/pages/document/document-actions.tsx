import { useRef, useState } from 'preact/hooks';
import type { KnowledgeDocument } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { canWrite } from '../../knowledge/can-write.ts';
import { replaceDocument } from '../../knowledge/replace-document.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { EditText } from './edit-text.tsx';

interface DocumentActionsProps {
  document: KnowledgeDocument;
  onChanged: () => void;
  onRemove: () => void;
}

export function DocumentActions({ document, onChanged, onRemove }: DocumentActionsProps) {
  const file = useRef<HTMLInputElement>(null);
  const [writing, setWriting] = useState(false);
  const { busy, run } = useAction();
  const { id, enabled } = document;
  const change = () =>
    run(async () => {
      await call('PUT', `/api/v1/documents/${encodeURIComponent(id)}/enabled`, {
        body: { enabled: !enabled },
      });
      tell(translate(enabled ? 'document.disabled_told' : 'document.enabled_told'));
      onChanged();
    });
  const replace = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const chosen = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!chosen) return;
    run(async () => {
      const state = await replaceDocument(document, chosen);
      tell(translate(state === 'unchanged' ? 'document.same' : 'document.replaced'));
      onChanged();
    });
  };
  return (
    <>
      <a class="button small" href={`/api/v1/documents/${document.id}/original`} download>
        {translate('document.download')}
      </a>
      {may('knowledge.write') && (
        <>
          {canWrite(document) && (
            <button type="button" class="button small" onClick={() => setWriting(true)}>
              {translate('document.write_action')}
            </button>
          )}
          <button type="button" class="button small" disabled={busy} onClick={change}>
            {translate(enabled ? 'document.disable' : 'document.enable')}
          </button>
          <button type="button" class="button small" disabled={busy} onClick={() => file.current?.click()}>
            {translate('document.replace')}
          </button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label={translate('document.replace')}
            onChange={replace}
          />
          <button type="button" class="button small danger" onClick={onRemove}>
            {translate('document.delete')}
          </button>
        </>
      )}
      {writing && <EditText document={document} onClose={() => setWriting(false)} onChanged={onChanged} />}
    </>
  );
}
