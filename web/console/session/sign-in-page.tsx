import { useState } from 'preact/hooks';
import { ApiError } from '../../src/api/api-error.ts';
import { Field } from '../components/field.tsx';
import { translate } from '../translate.ts';
import { ElsewhereButton } from './elsewhere-button.tsx';
import { Gate } from './gate.tsx';
import { comesBack, ReturnPage } from './return-page.tsx';
import { session, signIn } from './session.ts';

/** Both ways in: by password, and by the identity provider where there is one. */
export function SignInPage() {
  const [returned, setReturned] = useState(comesBack);
  return returned ? <ReturnPage onLeave={() => setReturned(false)} /> : <PasswordPage />;
}

/** E-mail and password, and for those who have a second factor its code, asked for when it is needed. */
function PasswordPage() {
  const elsewhere = session.value?.sign_in_with ?? null;
  const [asksCode, setAsksCode] = useState(false);
  const enter = async ({ email = '', password = '', code = '' }: Readonly<Record<string, string>>) => {
    try {
      await signIn({ email, password, ...(code.trim() !== '' && { code: code.trim() }) });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'second_factor_needed') setAsksCode(true);
      throw error;
    }
  };
  return (
    <Gate
      title={translate('sign_in.title')}
      hint={translate('sign_in.hint')}
      submit={translate('sign_in.submit')}
      onSubmit={enter}
      footer={elsewhere !== null && <ElsewhereButton name={elsewhere} />}
    >
      <Field label={translate('sign_in.email')}>
        <input name="email" type="email" autocomplete="username" required />
      </Field>
      <Field label={translate('sign_in.password')}>
        <input name="password" type="password" autocomplete="current-password" required />
      </Field>
      {asksCode && (
        <Field label={translate('sign_in.code')} hint={translate('sign_in.code_hint')}>
          <input name="code" autocomplete="one-time-code" inputMode="numeric" required />
        </Field>
      )}
    </Gate>
  );
}
