import { useState } from 'preact/hooks';
import type { ModelsState, ModelsVerified } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Figures } from '../../components/figures.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useAction } from '../../components/use-action.ts';
import { usePolled } from '../../data/use-polled.ts';
import { showBytes } from '../../format/show-bytes.ts';
import { showTime } from '../../format/show-time.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';

const LOOK_MS = 3_000;

/** What computes here: the files, whether they are whole, and the process that holds them. */
export function ModelsPage() {
  const [verified, setVerified] = useState<ModelsVerified | null>(null);
  const { busy, run } = useAction();
  const { loaded, reload } = usePolled('models', LOOK_MS, (signal) =>
    call<ModelsState>('GET', '/api/v1/models', { signal }),
  );
  const verify = () =>
    run(async () => setVerified(await call<ModelsVerified>('POST', '/api/v1/models/verify')));
  return (
    <>
      <PageHeader title={translate('models.title')}>
        <button type="button" class="button" disabled={busy} onClick={verify}>
          {translate(busy ? 'models.verifying' : 'models.verify')}
        </button>
      </PageHeader>
      <div class="page-body panels">
        {verified && (
          <p class={verified.ok ? 'good' : 'form-error'} role="status">
            {verified.failure?.message ?? translate('models.whole', { count: verified.files.length })}
          </p>
        )}
        <LoadView loaded={loaded} reload={reload}>
          {(state) => (
            <>
              <ModelProcess state={state} />
              <InstalledModels models={state.models} />
            </>
          )}
        </LoadView>
      </div>
    </>
  );
}

function ModelProcess({ state: { process, load, change, missing } }: { state: ModelsState }) {
  return (
    <Panel
      title={translate('models.process')}
      detail={translate('models.since', { time: showTime(process.since) })}
    >
      <Figures
        figures={[
          { name: translate('models.state'), value: translateValue('model_state', process.state) },
          { name: translate('models.memory'), value: showBytes(process.resident_bytes) },
          { name: translate('models.running'), value: load.running },
          { name: translate('models.waiting'), value: load.waiting },
          { name: translate('models.restarts'), value: process.restarts },
        ]}
      />
      {process.last_failure !== null && (
        <p class="problem">{translate('models.last_failure', { reason: process.last_failure })}</p>
      )}
      {change !== null && (
        <>
          <p>{translate('models.change', { done: change.done, total: change.total })}</p>
          {change.failure !== null && (
            <p class="problem">{translate('models.change_failed', { reason: change.failure })}</p>
          )}
          <ProgressBar
            label={translate('models.change', { done: change.done, total: change.total })}
            value={change.done} max={change.total} />
        </>
      )}
      {missing.map((role) => (
        <p key={role} class="problem">
          {translate('models.missing', { role: translateValue('model_role', role) })}
        </p>
      ))}
    </Panel>
  );
}

function InstalledModels({ models }: Pick<ModelsState, 'models'>) {
  return (
    <Panel title={translate('models.installed')} hint={translate('models.installed_hint')}>
      <DataTable
        caption={translate('models.installed')}
        rows={models}
        keyOf={({ file }) => file}
        columns={[
          { id: 'role', title: translate('models.role'), cell: ({ role }) => translateValue('model_role', role) },
          { id: 'name', title: translate('models.name'), cell: ({ name }) => name },
          { id: 'bytes', title: translate('document.size'), align: 'end', cell: ({ bytes }) => showBytes(bytes) },
          { id: 'licence', title: translate('models.licence'), cell: ({ licence }) => licence },
          { id: 'base', title: translate('models.base'), cell: ({ base }) => base, wideOnly: true },
          {
            id: 'sha256',
            title: translate('document.checksum'),
            cell: ({ sha256 }) => (
              <span class="mono" title={sha256}>
                {sha256.slice(0, 16)}…
              </span>
            ),
            wideOnly: true,
          },
        ]}
      />
    </Panel>
  );
}
