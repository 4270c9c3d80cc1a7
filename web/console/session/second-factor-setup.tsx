import { useState } from 'preact/hooks';
import { CopyText } from '../components/copy-text.tsx';
import { Field } from '../components/field.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { useAction } from '../components/use-action.ts';
import { translate } from '../translate.ts';
import { ProofForm } from './proof-form.tsx';
import { beginSecondFactor, confirmSecondFactor, inGroups } from './second-factor.ts';

/** Password, then the secret for the app, then the first code of it: only that puts the second factor in force. */
export function SecondFactorSetup() {
  const [made, setMade] = useState<{ secret: string; url: string } | null>(null);
  const { busy, run } = useAction();
  if (!made)
    return (
      <ProofForm
        submit={translate('second_factor.begin')}
        onProof={async (proof) => setMade(await beginSecondFactor(proof))}
      />
    );
  const confirm = (event: Event) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget as HTMLFormElement).get('code');
    run(() => confirmSecondFactor(typeof code === 'string' ? code.trim() : ''));
  };
  return (
    <form class="form" onSubmit={confirm}>
      <p>{translate('second_factor.scan')}</p>
      <QrCode text={made.url} label={translate('second_factor.qr')} />
      <CopyText label={translate('second_factor.secret')} text={inGroups(made.secret)} />
      <p>
        <a href={made.url}>{translate('second_factor.open_app')}</a>{' '}
        <span class="muted">{translate('second_factor.open_app_hint')}</span>
      </p>
      <Field label={translate('second_factor.first_code')} hint={translate('second_factor.first_code_hint')}>
        <input name="code" autocomplete="one-time-code" inputMode="numeric" required />
      </Field>
      <button type="submit" class="button primary" disabled={busy}>
        {translate('second_factor.confirm')}
      </button>
    </form>
  );
}
