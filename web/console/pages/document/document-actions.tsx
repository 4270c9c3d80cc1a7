import { useRef } from 'preact/hooks';
import type { KnowledgeDocument } from '../../api/knowledge-types.ts';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { replaceDocument } from '../../knowledge/replace-document.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface DocumentActionsProps {
  document: KnowledgeDocument;
  onChanged: () => void;
  onRemove: () => void;
}

export function DocumentActions({ document, onChanged, onRemove }: DocumentActionsProps) {
  const file = useRef<HTMLInputElement>(null);
  const { busy, run } = useAction();
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
    </>
  );
}
