import { Icon } from '../components/icon.tsx';
import type { SuggestedReply } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { SuggestionRating } from './suggestion-rating.tsx';

interface SuggestionCardProps {
  threadId: string;
  suggestion: SuggestedReply;
  onInsert: () => void;
  onReplace: () => void;
  onDismiss: () => void;
}

/** What the assistant would say. It goes into the reply alone, and only by hand. */
export function SuggestionCard({
  threadId,
  suggestion,
  onInsert,
  onReplace,
  onDismiss,
}: SuggestionCardProps) {
  const { text, citations, confidence, sure } = suggestion;
  return (
    <section class="suggestion" aria-label={translate('suggestion.title')}>
      <header>
        <Icon name="spark" />
        <h3>{translate('suggestion.title')}</h3>
        <span class="badge">
          {translate('suggestion.confidence', { percent: Math.round(confidence * 100) })}
        </span>
        {!sure && (
          <span class="badge badge-warning" title={translate('suggestion.unsure_hint')}>
            {translate('suggestion.unsure')}
          </span>
        )}
        <button
          type="button"
          class="button icon-only small"
          aria-label={translate('suggestion.dismiss')}
          title={translate('suggestion.dismiss')}
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      </header>
      <p class="suggestion-text" tabIndex={0}>
        {text}
      </p>
      <footer>
        <button type="button" class="button small" onClick={onInsert}>
          {translate('suggestion.insert')}
        </button>
        <button type="button" class="button small quiet" onClick={onReplace}>
          {translate('suggestion.replace')}
        </button>
        <SuggestionRating threadId={threadId} />
        {citations.length > 0 && (
          <span class="muted suggestion-sources">
            {translate('suggestion.sources', {
              titles: [...new Set(citations.map(({ title }) => title))].join(', '),
            })}
          </span>
        )}
      </footer>
    </section>
  );
}
