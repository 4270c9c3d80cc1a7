import { Figures } from '../../components/figures.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { readReadiness } from '../../data/readiness.ts';
import { usePolled } from '../../data/use-polled.ts';
import { showCount, showTime } from '../../format/show-time.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { DoctorPanel } from './doctor-panel.tsx';
import { FaultsPanel } from './faults-panel.tsx';
import { UpkeepPanel } from './upkeep-panel.tsx';

const LOOK_MS = 5_000;

/** Whether questions can be answered, what the checks of the machine say, and the upkeep of the indexes. */
export function SystemPage() {
  const { loaded, reload } = usePolled('ready', LOOK_MS, readReadiness);
  return (
    <>
      <PageHeader title={translate('system.title')} />
      <div class="page-body panels">
        <Panel title={translate('system.now')}>
          <LoadView loaded={loaded} reload={reload} rows={1}>
            {({ ready, models, documents, chunks, indexed, backup }) => (
              <Figures
                figures={[
                  {
                    name: translate('system.questions'),
                    value: translate(ready ? 'system.ready' : 'system.not_ready'),
                  },
                  { name: translate('models.title'), value: translateValue('model_state', models) },
                  { name: translate('documents.title'), value: showCount(documents) },
                  {
                    name: translate('system.passages'),
                    value: showCount(chunks),
                    detail: translate('system.indexed', { count: showCount(indexed) }),
                  },
                  {
                    name: translate('system.backup'),
                    value: backup.last_at === null ? translate('system.no_backup') : showTime(backup.last_at),
                    detail: translate(
                      backup.overdue
                        ? 'system.overdue'
                        : backup.verified_at === null
                          ? 'system.unverified'
                          : 'system.verified',
                    ),
                  },
                ]}
              />
            )}
          </LoadView>
        </Panel>
        {loaded.value && <FaultsPanel faults={loaded.value.faults} />}
        <DoctorPanel />
        <UpkeepPanel />
      </div>
    </>
  );
}
