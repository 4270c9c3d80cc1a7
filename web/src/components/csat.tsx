import { useId, useState } from 'preact/hooks';
import { sendCsat } from '../api/answerbox-api.ts';
import { translate } from '../translate.ts';

interface Props {
  conversationId: string;
  /** Given before. */
  given: number | null;
  onRated: (rating: number) => void;
}

const RATINGS = [1, 2, 3, 4, 5] as const;

/** How it went, after the conversation is closed: five radio buttons and a comment; sent again it is changed. */
export function Csat({ conversationId, given, onRated }: Props) {
  const id = useId();
  const [rating, setRating] = useState<number | null>(given);
  const [comment, setComment] = useState('');
  const [state, setState] = useState<'open' | 'sent' | 'failed'>('open');

  const send = async (event: Event) => {
    event.preventDefault();
    if (rating === null) return;
    try {
      await sendCsat(conversationId, rating, comment.trim());
      onRated(rating);
      setState('sent');
    } catch {
      setState('failed');
    }
  };
  if (state === 'sent')
    return (
      <p class="csat csat-thanks" role="status">
        {translate('csat.thanks')}
      </p>
    );
  return (
    <form class="csat" data-anchor onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{translate('csat.question')}</legend>
        <div class="csat-stars">
          {RATINGS.map((value) => (
            <label key={value} data-chosen={rating !== null && value <= rating}>
              <input
                class="visually-hidden"
                type="radio"
                name={`${id}-rating`}
                value={value}
                checked={rating === value}
                onChange={() => setRating(value)}
              />
              <span aria-hidden="true">★</span>
              <span class="visually-hidden">{translate('csat.stars', { value })}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {rating !== null && (
        <>
          <label for={id}>{translate('csat.comment')}</label>
          <textarea
            id={id}
            rows={2}
            value={comment}
            maxLength={4000}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class="button primary small">
            {translate('csat.send')}
          </button>
        </>
      )}
      {state === 'failed' && (
        <p class="note-error" role="alert">
          {translate('csat.failed')}
        </p>
      )}
    </form>
  );
}
