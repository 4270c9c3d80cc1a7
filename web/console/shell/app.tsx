import { useEffect, useState } from 'preact/hooks';
import { Failure, Skeleton } from '../components/states.tsx';
import { Toasts } from '../components/toasts.tsx';
import { RecoveryCodes, SecondFactorNeeded } from '../session/second-factor-pages.tsx';
import { freshCodes } from '../session/second-factor.ts';
import { loadSession, session } from '../session/session.ts';
import { SetUpPage } from '../session/set-up-page.tsx';
import { SignInPage } from '../session/sign-in-page.tsx';
import { Shell } from './shell.tsx';

/** Set-up, sign-in or the console itself; the address stays, so signing in leads to where one wanted to be. */
export function App() {
  const [failure, setFailure] = useState<unknown>(null);
  const load = () => {
    setFailure(null);
    loadSession().catch(setFailure);
  };
  useEffect(load, []);
  const known = session.value;
  if (failure !== null)
    return (
      <main class="gate">
        <Failure error={failure} onRetry={load} />
      </main>
    );
  if (!known)
    return (
      <main class="gate">
        <Skeleton rows={3} />
      </main>
    );
  return (
    <>
      {known.setup_needed ? <SetUpPage /> : known.signed_in ? <SignedIn /> : <SignInPage />}
      <Toasts />
    </>
  );
}

function SignedIn() {
  if (freshCodes.value) return <RecoveryCodes codes={freshCodes.value} />;
  return session.value?.second_factor?.needed ? <SecondFactorNeeded /> : <Shell />;
}
