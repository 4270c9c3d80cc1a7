import { useId, useState } from 'preact/hooks';
import { translate } from '../translate.ts';

export function FeedbackComment({ onSend }: { onSend: (comment: string) => void }) {
  const id = useId();
  const [comment, setComment] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (comment.trim()) onSend(comment.trim());
  };
  return (
    <form class="feedback-comment" onSubmit={submit}>
      <label for={id}>{translate('feedback.comment')}</label>
      <textarea id={id} rows={2} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
      <button type="submit" class="button small" disabled={!comment.trim()}>
        {translate('feedback.send')}
      </button>
    </form>
  );
}
