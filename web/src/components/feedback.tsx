import { useState } from 'preact/hooks';
import { sendFeedback } from '../api/answerbox-api.ts';
import { translate } from '../translate.ts';
import { FeedbackComment } from './feedback-comment.tsx';
import { RatingButton } from './rating-button.tsx';

interface Props {
  conversationId: string;
  messageId: string;
}

export function Feedback({ conversationId, messageId }: Props) {
  const [rating, setRating] = useState<1 | -1 | null>(null);
  const [commented, setCommented] = useState(false);
  const [failed, setFailed] = useState(false);

  const send = async (value: 1 | -1, comment?: string) => {
    setRating(value);
    setFailed(false);
    try {
      await sendFeedback(conversationId, messageId, value, comment);
      if (comment) setCommented(true);
    } catch {
      setFailed(true);
    }
  };

  return (
    <div class="feedback">
      <div class="feedback-row" role="group" aria-label={translate('feedback.question')}>
        <span>{translate(rating && !failed ? 'feedback.thanks' : 'feedback.question')}</span>
        <RatingButton up pressed={rating === 1} onClick={() => void send(1)} />
        <RatingButton up={false} pressed={rating === -1} onClick={() => void send(-1)} />
      </div>
      {failed && (
        <p class="note-error" role="alert">
          {translate('feedback.failed')}
        </p>
      )}
      {rating && !commented && <FeedbackComment onSend={(comment) => void send(rating, comment)} />}
    </div>
  );
}
