import { Field } from '../components/field.tsx';
import { translate } from '../translate.ts';
import { Gate } from './gate.tsx';
import { setUp } from './session.ts';

/** The first start: whoever has the code from the server's output becomes the owner. */
export function SetUpPage() {
  return (
    <Gate
      title={translate('set_up.title')}
      hint={translate('set_up.hint')}
      submit={translate('set_up.submit')}
      onSubmit={({ code = '', name = '', email = '', password = '' }) =>
        setUp({ code: code.trim(), name, email, password })
      }
    >
      <Field label={translate('set_up.code')} hint={translate('set_up.code_hint')}>
        <input name="code" autocomplete="one-time-code" spellcheck={false} required />
      </Field>
      <Field label={translate('set_up.name')}>
        <input name="name" autocomplete="name" required />
      </Field>
      <Field label={translate('sign_in.email')}>
        <input name="email" type="email" autocomplete="username" required />
      </Field>
      <Field label={translate('sign_in.password')} hint={translate('set_up.password_hint')}>
        <input name="password" type="password" autocomplete="new-password" required />
      </Field>
    </Gate>
  );
}
