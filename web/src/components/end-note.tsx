import type { AnswerEntry } from '../conversation/conversation-state.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  entry: AnswerEntry;
  onRetry: () => void;
  /** Opens the form: somebody answers by e-mail. */
  onLeave: () => void;
}

/** Why an answer ended early, where it did, and the way on. */
export function EndNote({ entry, onRetry, onLeave }: Props) {
  const retry = (
    <button type="button" class="button small" onClick={onRetry}>
      {translate('error.retry')}
    </button>
  );
  switch (entry.status) {
    case 'waiting':
    case 'writing':
    case 'done':
      return null;
    case 'stopped':
      return (
        <p class="note note-stopped">
          <Icon name="stop" />
          {translate(entry.text ? 'answer.stopped' : 'answer.stopped_empty')}
        </p>
      );
    case 'interrupted':
      return (
        <div class="note">
          <p>{translate('answer.interrupted')}</p>
          {retry}
        </div>
      );
    case 'failed':
      return (
        <div class="note note-error" role="alert">
          <Icon name="warning" />
          <div>
            <p>{entry.problem?.message}</p>
            {entry.problem?.requestId && (
              <p class="reference">{translate('error.reference', { id: entry.problem.requestId })}</p>
            )}
            {retry}{' '}
            <button type="button" class="button small" onClick={onLeave}>
              {translate('form.title')}
            </button>
          </div>
        </div>
      );
  }
}
