import { useState } from 'preact/hooks';
import { recordConsent } from '../../api/customer-api.ts';
import type { Consent, WholeCustomer } from '../../api/wire-types.ts';
import { tellFailure } from '../../components/toasts.tsx';
import { wholeTime } from '../../format/time.ts';
import { translate, translateValue } from '../../translate.ts';

interface ConsentsProps {
  customer: WholeCustomer;
  editable: boolean;
  onConsents: (consents: Consent[]) => void;
}

/** Purposes that the product itself asks about. */
const PURPOSES = ['memory', 'marketing'] as const;

/** What the customer agreed to, who wrote it down and when; each change is kept. */
export function Consents({ customer, editable, onConsents }: ConsentsProps) {
  const [purpose, setPurpose] = useState<string>(PURPOSES[0]);
  const [source, setSource] = useState('');
  const record = (given: boolean) => {
    recordConsent(customer.id, purpose, given, source.trim())
      .then(({ consents }) => {
        onConsents(consents);
        setSource('');
      })
      .catch(tellFailure);
  };
  return (
    <section class="profile-section">
      <h3>{translate('consent.title')}</h3>
      {customer.consents.length === 0 && <p class="muted">{translate('consent.none')}</p>}
      <ul class="past">
        {customer.consents.map((consent) => (
          <li key={`${consent.purpose} ${consent.at}`}>
            <span>
              {translateValue('purpose', consent.purpose)}{' '}
              <span class="muted">
                {consent.source} · {consent.by}
              </span>
            </span>
            <span class={consent.given ? 'badge badge-good' : 'badge badge-danger'}>
              {translate(consent.given ? 'consent.given' : 'consent.withdrawn')}
            </span>
            <time dateTime={consent.at}>{wholeTime(consent.at)}</time>
          </li>
        ))}
      </ul>
      {editable && (
        <form class="consent-form" onSubmit={(event) => event.preventDefault()}>
          <select
            aria-label={translate('consent.purpose')}
            value={purpose}
            onChange={({ currentTarget }) => setPurpose(currentTarget.value)}
          >
            {PURPOSES.map((one) => (
              <option key={one} value={one}>
                {translateValue('purpose', one)}
              </option>
            ))}
          </select>
          <input
            aria-label={translate('consent.source')}
            placeholder={translate('consent.source')}
            value={source}
            onInput={({ currentTarget }) => setSource(currentTarget.value)}
          />
          <button
            type="button"
            class="button small"
            disabled={source.trim() === ''}
            onClick={() => record(true)}
          >
            {translate('consent.give')}
          </button>
          <button
            type="button"
            class="button small"
            disabled={source.trim() === ''}
            onClick={() => record(false)}
          >
            {translate('consent.withdraw')}
          </button>
        </form>
      )}
    </section>
  );
}
