import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../../src/api/api-error.ts';
import { Field } from '../components/field.tsx';
import { BASE } from '../data/addresses.ts';
import { translate } from '../translate.ts';
import { Gate, GateError } from './gate.tsx';
import { finishElsewhere, sendCodeElsewhere } from './session.ts';

const RETURN = `${BASE}/sign-in`;
/** In this tab alone: where one wanted to be before leaving. */
const PLACE = 'answerbox-place';

/** Whether this page is where the identity provider has led back to. */
export function comesBack(): boolean {
  return location.pathname === RETURN && new URLSearchParams(location.search).has('state');
}

export function keepPlace(): void {
  sessionStorage.setItem(PLACE, location.pathname + location.search);
}

function backToPlace(): void {
  const place = sessionStorage.getItem(PLACE) ?? BASE;
  sessionStorage.removeItem(PLACE);
  history.replaceState(null, '', place.startsWith(`${BASE}/`) && !place.startsWith(RETURN) ? place : BASE);
}

/** Hands what the provider sent to the server, once, and asks for the code of those who have one besides. */
export function ReturnPage({ onLeave }: { onLeave: () => void }) {
  const [query] = useState(() => location.search.slice(1));
  const [error, setError] = useState<unknown>(null);
  const leave = () => {
    backToPlace();
    onLeave();
  };
  useEffect(() => {
    // It is good once, and belongs into no history.
    history.replaceState(null, '', RETURN);
    finishElsewhere(query, backToPlace).catch(setError);
  }, [query]);
  if (error instanceof ApiError && error.code === 'oidc_code_needed') return <CodePage />;
  return (
    <main class="gate">
      <div class="gate-card">
        <p class="wordmark">Answerbox</p>
        <h1>{translate('sign_in.title')}</h1>
        {error === null ? (
          <p class="muted" role="status">
            {translate('sign_in.returning')}
          </p>
        ) : (
          <>
            <GateError error={error} />
            <button type="button" class="button primary" onClick={leave}>
              {translate('sign_in.again')}
            </button>
          </>
        )}
      </div>
    </main>
  );
}

function CodePage() {
  return (
    <Gate
      title={translate('sign_in.title')}
      hint={translate('sign_in.code_after')}
      submit={translate('sign_in.submit')}
      onSubmit={({ code = '' }) => sendCodeElsewhere(code.trim(), backToPlace)}
    >
      <Field label={translate('sign_in.code')} hint={translate('sign_in.code_hint')}>
        <input name="code" autocomplete="one-time-code" inputMode="numeric" required />
      </Field>
    </Gate>
  );
}
