import { useState } from 'preact/hooks';
import type { RatePreview, Setting, SettingsState } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { ErrorRatePanel } from './error-rate-panel.tsx';
import { HoursPanel } from './hours-panel.tsx';
import './settings.css';

/** When the desk works, how often answers may be wrong, with what each comes to; and every setting in force. */
export function SettingsPage() {
  const { loaded, reload, set } = useLoaded('settings', async (signal) => {
    const [preview, state] = await Promise.all([
      call<RatePreview>('GET', '/api/v1/decisions/preview', { signal }),
      call<SettingsState>('GET', '/api/v1/settings', { signal }),
    ]);
    return { preview, state };
  });
  return (
    <>
      <PageHeader title={translate('settings.title')} />
      <div class="page-body panels">
        <HoursPanel />
        <LoadView loaded={loaded} reload={reload} rows={8}>
          {({ preview, state }) => (
            <>
              <ErrorRatePanel
                preview={preview}
                inForce={state.error_rate}
                onChanged={(changed) => set((value) => ({ ...value, state: changed }))}
              />
              <SettingList settings={state.settings} />
            </>
          )}
        </LoadView>
      </div>
    </>
  );
}

const show = (value: unknown): string =>
  typeof value === 'string' ? value || translate('settings.empty') : JSON.stringify(value);

function SettingList({ settings }: { settings: readonly Setting[] }) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const shown = settings.filter(({ key, description }) =>
    `${key} ${description}`.toLowerCase().includes(wanted),
  );
  return (
    <Panel title={translate('settings.all')} detail={shown.length} hint={translate('settings.all_hint')}>
      <input
        type="search"
        aria-label={translate('settings.search')}
        placeholder={translate('settings.search')}
        value={words}
        onInput={({ currentTarget: { value } }) => setWords(value)}
      />
      <ul class="rows">
        {shown.map(({ key, variable, value, default: usual, range, description }) => (
          <li key={key}>
            <div class="row-line">
              <span class="row-name">{key.replaceAll('_', ' ')}</span>
              {JSON.stringify(value) !== JSON.stringify(usual) && (
                <span class="badge badge-info">{translate('settings.changed')}</span>
              )}
              <code class="setting-value">{show(value)}</code>
            </div>
            <p>{description}</p>
            <small class="muted mono">
              {translate('settings.detail', { variable, range, usual: show(usual) })}
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
