import { useState } from 'preact/hooks';
import type { SettingsState } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Field } from '../../components/field.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { originsLine, policyLines, scriptTag, type EmbedOptions } from './embed-lines.ts';

const NOTHING: EmbedOptions = { color: '', position: '', theme: '', locale: '', greeting: '' };
const LOCALES = ['en', 'de', 'fr', 'es', 'zh'];

/** The lines that put the chat on a site: the script, the policy, and the origin that the server must know. */
export function EmbedPage() {
  const [options, setOptions] = useState(NOTHING);
  const { loaded, reload } = useLoaded('settings', (signal) =>
    call<SettingsState>('GET', '/api/v1/settings', { signal }),
  );
  const choice = (name: keyof EmbedOptions, values: readonly string[]) => (
    <Field label={translate(`embed.${name}`)}>
      <select
        value={options[name]}
        onChange={({ currentTarget: { value } }) => setOptions({ ...options, [name]: value })}
      >
        <option value="">{translate('embed.usual')}</option>
        {values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    </Field>
  );
  const text = (name: keyof EmbedOptions, more: { placeholder?: string; pattern?: string }) => (
    <Field label={translate(`embed.${name}`)}>
      <input
        {...more}
        value={options[name]}
        onInput={({ currentTarget: { value } }) => setOptions({ ...options, [name]: value })}
      />
    </Field>
  );
  return (
    <>
      <PageHeader title={translate('embed.title')} />
      <div class="page-body panels">
        <LoadView loaded={loaded} reload={reload}>
          {({ settings }) => {
            const valueOf = (key: string) => {
              const value = settings.find((one) => one.key === key)?.value;
              return typeof value === 'string' ? value : '';
            };
            const origin = valueOf('public_url') || location.origin;
            const { allowed: origins, line } = originsLine(settings);
            return (
              <>
                <Panel title={translate('embed.script')} hint={translate('embed.script_hint')}>
                  <div class="toolbar">
                    {text('color', { placeholder: '#1c6a50', pattern: '#[0-9a-fA-F]{6}' })}
                    {text('greeting', {})}
                    {choice('locale', LOCALES)}
                    {choice('position', ['end', 'start'])}
                    {choice('theme', ['auto', 'light', 'dark'])}
                  </div>
                  <CopyText label={translate('embed.script')} text={scriptTag(origin, options)} />
                  {valueOf('public_url') === '' && (
                    <p class="muted">{translate('embed.no_public_url', { origin })}</p>
                  )}
                </Panel>
                <Panel title={translate('embed.policy')} hint={translate('embed.policy_hint')}>
                  <CopyText label={translate('embed.policy')} text={policyLines(origin)} />
                </Panel>
                <Panel title={translate('embed.origins')} hint={translate('embed.origins_hint')}>
                  <p>
                    {origins === '' ? translate('embed.no_origins') : translate('embed.allowed', { origins })}
                  </p>
                  <CopyText label={translate('embed.origins')} text={line} />
                </Panel>
              </>
            );
          }}
        </LoadView>
      </div>
    </>
  );
}
