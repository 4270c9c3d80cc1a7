import { useEffect, useState } from 'preact/hooks';
import { getSuggestionRating, rateSuggestion, type Rating } from '../api/desk-api.ts';
import { Icon } from '../components/icon.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { translate } from '../translate.ts';

/** Whether the suggestion was good, as one member of staff sees it; pressing again takes it back. */
export function SuggestionRating({ threadId }: { threadId: string }) {
  const [rating, setRating] = useState<Rating | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    getSuggestionRating(threadId, leaving.signal)
      .then((given) => setRating(given.rating))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) tellFailure(error);
      });
    return () => leaving.abort();
  }, [threadId]);
  const rate = (pressed: Rating) => {
    const next = pressed === rating ? null : pressed;
    setRating(next);
    rateSuggestion(threadId, next).catch((error: unknown) => {
      setRating(rating);
      tellFailure(error);
    });
  };
  return (
    <span class="suggestion-rating" role="group" aria-label={translate('suggestion.rating')}>
      {(['up', 'down'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="button icon-only small"
          aria-label={translate(`suggestion.${one}`)}
          title={translate(`suggestion.${one}`)}
          aria-pressed={rating === one}
          onClick={() => rate(one)}
        >
          <Icon name={`thumb_${one}`} />
        </button>
      ))}
    </span>
  );
}
