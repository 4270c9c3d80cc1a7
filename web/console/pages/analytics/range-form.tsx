import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { addressOf } from '../../api/request.ts';
import { Field } from '../../components/field.tsx';
import { BASE } from '../../data/addresses.ts';
import { translate } from '../../translate.ts';
import { PRESETS } from './range-of.ts';

interface RangeFormProps {
  query: Readonly<Record<string, string>>;
  zone: string;
}

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** Which days are shown, and in whose zone they begin. */
export function RangeForm({ query, zone }: RangeFormProps) {
  const { route } = useLocation();
  const { from = '', to = '', days = '30' } = query;
  const [own, setOwn] = useState(from !== '');
  const go = (values: Record<string, string>) =>
    route(addressOf(`${BASE}/analytics`, { ...query, ...values }), true);
  const day = (name: 'from' | 'to', value: string) => (
    <Field label={translate(`analytics.${name}`)}>
      <input
        type="date"
        value={value}
        onChange={({ currentTarget: { value: given } }) => go({ [name]: given })}
      />
    </Field>
  );
  return (
    <div class="toolbar">
      <Field label={translate('analytics.range')}>
        <select
          value={own ? 'own' : days}
          onChange={({ currentTarget: { value } }) => {
            setOwn(value === 'own');
            if (value !== 'own') go({ days: value, from: '', to: '' });
          }}
        >
          {PRESETS.map((preset) => (
            <option key={preset} value={preset}>
              {translate('analytics.days', { days: preset })}
            </option>
          ))}
          <option value="own">{translate('analytics.own_range')}</option>
        </select>
      </Field>
      {own && day('from', from)}
      {own && day('to', to)}
      <Field label={translate('analytics.zone')}>
        <select value={zone} onChange={({ currentTarget: { value } }) => go({ zone: value })}>
          {[...new Set([zone, ...zones()])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </Field>
    </div>
  );
}
