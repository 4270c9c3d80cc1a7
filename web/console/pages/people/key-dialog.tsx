import { useState } from 'preact/hooks';
import type { Permission } from '../../api/wire-types.ts';
import { call } from '../../api/request.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../components/use-action.ts';
import { session } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface KeyDialogProps {
  onClose: () => void;
  onAdded: () => void;
}

/** A key may do what is ticked, and no more than whoever makes it; it is shown this once. */
export function KeyDialog({ onClose, onAdded }: KeyDialogProps) {
  const [made, setMade] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [expires, setExpires] = useState('');
  const [rate, setRate] = useState('');
  const [chosen, setChosen] = useState<readonly Permission[]>(['programs.use']);
  const { busy, run } = useAction();
  const add = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const until = expires === '' ? {} : { expires_at: new Date(`${expires}T23:59:59`).toISOString() };
      const limit = rate === '' ? {} : { requests_per_minute: Number(rate) };
      const body = { name, permissions: chosen, ...until, ...limit };
      setMade((await call<{ key: string }>('POST', '/api/v1/keys', { body })).key);
      onAdded();
    });
  };
  if (made !== null)
    return (
      <Dialog title={translate('api_keys.made')} onClose={onClose}>
        <p>{translate('api_keys.made_hint')}</p>
        <CopyText label={translate('api_keys.made')} text={made} />
      </Dialog>
    );
  return (
    <Dialog title={translate('api_keys.add')} onClose={onClose}>
      <form class="form" onSubmit={add}>
        <Field label={translate('people.name')}>
          <input
            required
            maxLength={200}
            value={name}
            onInput={({ currentTarget: { value } }) => setName(value)}
          />
        </Field>
        <fieldset class="form">
          <legend class="field-label">{translate('api_keys.permissions')}</legend>
          {(session.value?.permissions ?? []).map((permission) => (
            <label key={permission} class="row-line">
              <input
                type="checkbox"
                checked={chosen.includes(permission)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen(checked ? [...chosen, permission] : chosen.filter((one) => one !== permission))
                }
              />
              <code>{permission}</code>
            </label>
          ))}
        </fieldset>
        <Field label={translate('api_keys.expires')} hint={translate('api_keys.expires_hint')}>
          <input type="date" value={expires} onInput={({ currentTarget: { value } }) => setExpires(value)} />
        </Field>
        <Field label={translate('api_keys.rate')} hint={translate('api_keys.rate_hint')}>
          <input
            type="number"
            min={1}
            max={1_000_000}
            step={1}
            value={rate}
            onInput={({ currentTarget: { value } }) => setRate(value)}
          />
        </Field>
        <button type="submit" class="button primary" disabled={busy || chosen.length === 0}>
          {translate('api_keys.add')}
        </button>
      </form>
    </Dialog>
  );
}
