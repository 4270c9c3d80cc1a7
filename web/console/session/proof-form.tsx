import type { ComponentChildren } from 'preact';
import { Field } from '../components/field.tsx';
import { useAction } from '../components/use-action.ts';
import { translate } from '../translate.ts';
import type { Proof } from './second-factor.ts';
import { session } from './session.ts';

interface ProofFormProps {
  submit: string;
  onProof: (proof: Proof, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  danger?: boolean;
  /** Further fields. */
  children?: ComponentChildren;
}

/** Asks for the password again, and for a code where a second factor is in force. */
export function ProofForm({ submit, onProof, danger = false, children }: ProofFormProps) {
  const { busy, run } = useAction();
  const send = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
    const { password = '', code = '' } = fields;
    run(async () => {
      await onProof({ password, ...(code.trim() !== '' && { code: code.trim() }) }, fields);
      form.reset();
    });
  };
  return (
    <form class="form" onSubmit={send}>
      <Field label={translate('account.password_now')}>
        <input name="password" type="password" autocomplete="current-password" required />
      </Field>
      {session.value?.second_factor?.on && (
        <Field label={translate('sign_in.code')} hint={translate('sign_in.code_hint')}>
          <input name="code" autocomplete="one-time-code" required />
        </Field>
      )}
      {children}
      <button type="submit" class={`button ${danger ? 'danger' : 'primary'}`} disabled={busy}>
        {submit}
      </button>
    </form>
  );
}
