import type { Shop } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

/** Questions at the beginning; the rest are offered while somebody types. */
const MOST = 6;

interface Props {
  shop: Shop | null;
  onAsk: (question: string) => void;
  /** The shop's own first words. */
  greeting?: string;
}

export function Welcome({ shop, onAsk, greeting }: Props) {
  const suggestions = (shop?.suggested_questions ?? []).slice(0, MOST);
  return (
    <section class="column welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">{greeting ?? translate('welcome.title')}</h2>
      <p>{translate('welcome.text')}</p>
      {suggestions.length > 0 && (
        <>
          <h3 id="welcome-suggestions">{translate('welcome.suggestions')}</h3>
          <ul aria-labelledby="welcome-suggestions">
            {suggestions.map((question) => (
              <li key={question}>
                <button type="button" class="suggestion" onClick={() => onAsk(question)}>
                  <span dir="auto">{question}</span>
                  <Icon name="next" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
