import { useEffect } from 'preact/hooks';
import { CopyText } from '../components/copy-text.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { translate } from '../translate.ts';
import { freshCodes } from './second-factor.ts';
import { SecondFactorSetup } from './second-factor-setup.tsx';
import { signOut } from './session.ts';

/** Where the owner demands a second factor: nothing else is there before it is set up. */
export function SecondFactorNeeded() {
  useTitle(translate('second_factor.title'));
  return (
    <main class="gate">
      <section class="gate-card">
        <p class="wordmark">Answerbox</p>
        <h1>{translate('second_factor.title')}</h1>
        <p class="muted">{translate('second_factor.needed')}</p>
        <SecondFactorSetup />
        <button type="button" class="button quiet" onClick={() => void signOut().catch(tellFailure)}>
          {translate('shell.sign_out')}
        </button>
      </section>
    </main>
  );
}

/** Shown once: whoever loses the app gets in with one of them. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  useTitle(translate('recovery.title'));
  return (
    <main class="gate">
      <section class="gate-card">
        <p class="wordmark">Answerbox</p>
        <h1>{translate('recovery.title')}</h1>
        <p class="muted">{translate('recovery.hint')}</p>
        <CopyText label={translate('recovery.title')} text={codes.join('\n')} />
        <button type="button" class="button primary" onClick={() => (freshCodes.value = null)}>
          {translate('recovery.kept')}
        </button>
      </section>
    </main>
  );
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Answerbox`;
  }, [title]);
}
