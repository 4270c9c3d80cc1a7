import { useState } from 'preact/hooks';
import { call } from '../api/request.ts';
import { Field } from '../components/field.tsx';
import { tell } from '../components/toasts.tsx';
import { useAction } from '../components/use-action.ts';
import { followedJobs } from './job-list.ts';
import { translate } from '../translate.ts';

/** Reads a site from an address on, once or again and again. */
export function SiteForm({ onAdded }: { onAdded: () => void }) {
  const [address, setAddress] = useState('');
  const [pages, setPages] = useState('200');
  const [hours, setHours] = useState('');
  const { busy, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body = {
        url: address.trim(),
        pages: Number(pages),
        ...(hours !== '' && { every_hours: Number(hours) }),
      };
      await call('POST', '/api/v1/documents', { body });
      tell(translate('site.accepted'));
      setAddress('');
      followedJobs.reload();
      onAdded();
    });
  };
  return (
    <form class="toolbar" onSubmit={submit}>
      <label class="field grows">
        <span class="field-label">{translate('site.address')}</span>
        <input
          type="url"
          required
          placeholder="https://www.example.com/help"
          value={address}
          onInput={({ currentTarget: { value } }) => setAddress(value)}
        />
      </label>
      <Field label={translate('site.pages')}>
        <input
          type="number"
          min={1}
          max={100_000}
          required
          value={pages}
          onInput={({ currentTarget: { value } }) => setPages(value)}
        />
      </Field>
      <Field label={translate('site.again')}>
        <select value={hours} onChange={({ currentTarget: { value } }) => setHours(value)}>
          <option value="">{translate('site.once')}</option>
          <option value="1">{translate('site.hourly')}</option>
          <option value="24">{translate('site.daily')}</option>
          <option value="168">{translate('site.weekly')}</option>
        </select>
      </Field>
      <button type="submit" class="button" disabled={busy}>
        {translate('site.read')}
      </button>
    </form>
  );
}
