import { useState } from 'preact/hooks';
import { translate } from '../translate.ts';
import { GateError } from './gate.tsx';
import { keepPlace } from './return-page.tsx';
import { beginElsewhere } from './session.ts';

/** Leaves for the identity provider, which leads back to the page that ends the sign-in. */
export function ElsewhereButton({ name }: { name: string }) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    setError(null);
    try {
      const address = await beginElsewhere();
      keepPlace();
      location.assign(address);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" class="button" disabled={busy} onClick={() => void leave()}>
        {translate('sign_in.elsewhere', { name })}
      </button>
      {error !== null && <GateError error={error} />}
    </>
  );
}
