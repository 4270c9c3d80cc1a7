import { useState } from 'preact/hooks';
import type { KnowledgeGap } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { finishJob } from '../../knowledge/finish-job.ts';
import { translate } from '../../translate.ts';

interface ArticleDialogProps {
  gap: KnowledgeGap;
  onClose: () => void;
  onApproved: () => void;
}

/** The draft of an article, to be edited; approved it is a document, and its question one that must be found. */
export function ArticleDialog({ gap, onClose, onApproved }: ArticleDialogProps) {
  const [title, setTitle] = useState(gap.question);
  const [text, setText] = useState(gap.draft);
  const { busy, run } = useAction();
  const approve = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const path = `/api/v1/knowledge/gaps/${gap.id}/approve`;
      const { job_id: id } = await call<{ job_id: string }>('POST', path, { body: { title, text } });
      await finishJob(id);
      tell(translate('gaps.approved'));
      onClose();
      onApproved();
    });
  };
  return (
    <Dialog title={translate('gaps.article')} size="wide" onClose={onClose}>
      <form class="form" onSubmit={approve}>
        <Field label={translate('gaps.article_title')}>
          <input
            required
            maxLength={500}
            value={title}
            onInput={({ currentTarget: { value } }) => setTitle(value)}
          />
        </Field>
        <Field label={translate('gaps.text')} hint={translate('gaps.text_hint')}>
          <textarea
            required
            class="article-text"
            rows={14}
            value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
        </Field>
        <button type="submit" class="button primary" disabled={busy}>
          {translate(busy ? 'action.saving' : 'gaps.approve')}
        </button>
      </form>
    </Dialog>
  );
}
