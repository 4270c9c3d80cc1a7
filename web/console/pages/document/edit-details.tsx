import { useState } from 'preact/hooks';
import type { KnowledgeDocument } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { finishJob } from '../../knowledge/finish-job.ts';
import { translate } from '../../translate.ts';
import { changedScope, fromLocalField, toLocalField, type Scope, type ScopeField } from './changed-scope.ts';

interface EditDetailsProps {
  document: KnowledgeDocument;
  onClose: () => void;
  onChanged: () => void;
}

const shownOf = (document: KnowledgeDocument): Scope => ({
  audience: document.audience,
  category: document.category ?? '',
  language: document.language ?? '',
  owner: document.owner ?? '',
  valid_from: toLocalField(document.valid_from),
  valid_until: toLocalField(document.valid_until),
});

/** What is said of a document; whom it is for and when it holds decide what customers are answered. */
export function EditDetails({ document, onClose, onChanged }: EditDetailsProps) {
  const before = shownOf(document);
  const [now, setNow] = useState(before);
  const { busy, run } = useAction();
  const set = (name: ScopeField) => (event: { currentTarget: HTMLInputElement }) =>
    setNow({ ...now, [name]: event.currentTarget.value });
  const word = (name: ScopeField) => <input maxLength={60} value={now[name]} onInput={set(name)} />;
  const time = (name: ScopeField) => <input type="datetime-local" value={now[name]} onInput={set(name)} />;
  const save = (event: Event) => {
    event.preventDefault();
    const zoned = (scope: Scope): Scope => ({
      ...scope,
      valid_from: fromLocalField(scope.valid_from),
      valid_until: fromLocalField(scope.valid_until),
    });
    const body = changedScope(zoned(before), zoned(now));
    if (Object.keys(body).length === 0) return onClose();
    run(async () => {
      const path = `/api/v1/documents/${document.id}`;
      const { job_id: id } = await call<{ job_id: string }>('PATCH', path, { body });
      await finishJob(id);
      tell(translate('document.saved'));
      onClose();
      onChanged();
    });
  };
  return (
    <Dialog title={translate('document.edit')} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <Field label={translate('documents.audience')} hint={translate('document.audience_hint')}>
          {word('audience')}
        </Field>
        <Field label={translate('documents.category')}>{word('category')}</Field>
        <Field label={translate('documents.language')} hint={translate('document.language_hint')}>
          {word('language')}
        </Field>
        <Field label={translate('document.owner')}>{word('owner')}</Field>
        <Field label={translate('document.valid_from')}>{time('valid_from')}</Field>
        <Field label={translate('document.valid_until')} hint={translate('document.until_hint')}>
          {time('valid_until')}
        </Field>
        <button type="submit" class="button primary" disabled={busy}>
          {translate(busy ? 'action.saving' : 'action.save')}
        </button>
      </form>
    </Dialog>
  );
}
