import { Field } from '../components/field.tsx';
import { translate } from '../translate.ts';
import { Gate } from './gate.tsx';
import { signIn } from './session.ts';

export function SignInPage() {
  return (
    <Gate
      title={translate('sign_in.title')}
      hint={translate('sign_in.hint')}
      submit={translate('sign_in.submit')}
      onSubmit={({ email = '', password = '' }) => signIn(email, password)}
    >
      <Field label={translate('sign_in.email')}>
        <input name="email" type="email" autocomplete="username" required />
      </Field>
      <Field label={translate('sign_in.password')}>
        <input name="password" type="password" autocomplete="current-password" required />
      </Field>
    </Gate>
  );
}
