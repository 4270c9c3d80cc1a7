import { useRef } from 'preact/hooks';
import type { User } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { translate, translateValue } from '../../translate.ts';

const ROLES = ['viewer', 'agent', 'admin', 'owner'];

interface UserDialogProps {
  /** Null: somebody new. */
  user: User | null;
  onClose: () => void;
  onSaved: () => void;
}

export function UserDialog({ user, onClose, onSaved }: UserDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const { busy, run } = useAction();
  const done = (text: string) => {
    tell(text);
    onClose();
    onSaved();
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (!form.current) return;
    const fields = Object.fromEntries(new FormData(form.current)) as Record<string, string>;
    const { password = '', disabled, ...rest } = fields;
    const body = { ...rest, ...(password !== '' && { password }) };
    run(async () => {
      if (user)
        await call('PATCH', `/api/v1/users/${user.id}`, { body: { ...body, disabled: disabled === 'on' } });
      else await call('POST', '/api/v1/users', { body });
      done(translate('people.saved'));
    });
  };
  const signOut = () =>
    run(async () => {
      await call('DELETE', `/api/v1/users/${user?.id ?? ''}/sessions`);
      done(translate('people.signed_out'));
    });
  return (
    <Dialog title={user?.name ?? translate('people.add')} onClose={onClose}>
      <form ref={form} class="form" onSubmit={save}>
        <Field label={translate('people.name')}>
          <input name="name" required maxLength={200} defaultValue={user?.name ?? ''} />
        </Field>
        <Field label={translate('sign_in.email')}>
          <input name="email" type="email" required maxLength={320} defaultValue={user?.email ?? ''} />
        </Field>
        <Field label={translate('people.role')} hint={translate('people.role_hint')}>
          <select name="role">
            {ROLES.map((role) => (
              <option key={role} value={role} selected={role === (user?.role ?? 'agent')}>
                {translateValue('role', role)}
              </option>
            ))}
          </select>
        </Field>
        <Field
          label={translate('sign_in.password')}
          hint={translate(user ? 'people.password_kept' : 'set_up.password_hint')}
        >
          <input name="password" type="password" autocomplete="new-password" required={user === null} />
        </Field>
        {user && (
          <label class="row-line">
            <input name="disabled" type="checkbox" defaultChecked={user.disabled} />
            {translate('people.disable')}
          </label>
        )}
        <div class="row-line">
          <button type="submit" class="button primary" disabled={busy}>
            {translate('action.save')}
          </button>
          {user && (
            <button type="button" class="button" disabled={busy} onClick={signOut}>
              {translate('people.sign_out')}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
