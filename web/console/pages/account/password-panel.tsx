import { Field } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { ProofForm } from '../../session/proof-form.tsx';
import { changePassword } from '../../session/second-factor.ts';
import { translate } from '../../translate.ts';

export function PasswordPanel() {
  return (
    <Panel title={translate('account.password')} hint={translate('account.password_hint')} class="narrow">
      <ProofForm
        submit={translate('account.password_change')}
        onProof={async (proof, { fresh = '' }) => {
          await changePassword({ ...proof, new_password: fresh });
          tell(translate('account.password_changed'));
        }}
      >
        <Field label={translate('account.password_new')} hint={translate('set_up.password_hint')}>
          <input name="fresh" type="password" autocomplete="new-password" required />
        </Field>
      </ProofForm>
    </Panel>
  );
}
