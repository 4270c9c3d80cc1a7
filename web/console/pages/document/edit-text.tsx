import { useState } from 'preact/hooks';
import type { EditableText, KnowledgeDocument } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { finishJob } from '../../knowledge/finish-job.ts';
import { translate } from '../../translate.ts';

interface EditTextProps {
  document: KnowledgeDocument;
  onClose: () => void;
  onChanged: () => void;
}

/** The source of a document as it is written; what it was becomes a version. */
export function EditText({ document, onClose, onChanged }: EditTextProps) {
  const path = `/api/v1/documents/${encodeURIComponent(document.id)}/written`;
  const { loaded, reload } = useLoaded(document.sha256, (signal) =>
    call<EditableText>('GET', path, { signal }),
  );
  return (
    <Dialog title={translate('document.write')} size="wide" onClose={onClose}>
      <LoadView loaded={loaded} reload={reload}>
        {(written) => <WrittenForm {...{ path, written, onClose, onChanged }} />}
      </LoadView>
    </Dialog>
  );
}

interface WrittenFormProps extends Pick<EditTextProps, 'onClose' | 'onChanged'> {
  path: string;
  written: EditableText;
}

function WrittenForm({ path, written, onClose, onChanged }: WrittenFormProps) {
  const [text, setText] = useState(written.text);
  const { busy, run } = useAction();
  const save = (event: Event) => {
    event.preventDefault();
    if (text === written.text) return onClose();
    run(async () => {
      const body = { text, sha256: written.sha256 };
      const { job_id: id } = await call<{ job_id: string }>('PUT', path, { body });
      await finishJob(id);
      tell(translate('document.written'));
      onClose();
      onChanged();
    });
  };
  return (
    <form class="form" onSubmit={save}>
      <Field label={translate('document.source')} hint={translate('document.write_hint')}>
        <textarea
          required
          class="article-text"
          rows={20}
          value={text}
          onInput={({ currentTarget: { value } }) => setText(value)}
        />
      </Field>
      <button type="submit" class="button primary" disabled={busy}>
        {translate(busy ? 'action.saving' : 'action.save')}
      </button>
    </form>
  );
}
