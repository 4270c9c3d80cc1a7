import type { Upkeep } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useAction } from '../../components/use-action.ts';
import { usePolled } from '../../data/use-polled.ts';
import { showBytes } from '../../format/show-bytes.ts';
import { showDuration } from '../../format/show-duration.ts';
import { showTime } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

const ADDRESS = '/api/v1/maintenance';
const LOOK_MS = 2_000;

/** Upkeep of the indexes: by itself in the quiet hours, and by hand here. */
export function UpkeepPanel() {
  const { busy, run } = useAction();
  const { loaded, reload } = usePolled('upkeep', LOOK_MS, (signal) =>
    call<Upkeep>('GET', ADDRESS, { signal }),
  );
  const begin = (rewrite: boolean) =>
    run(async () => {
      await call('POST', ADDRESS, { body: { rewrite } });
      reload();
    });
  const running = loaded.value?.running ?? false;
  return (
    <Panel
      title={translate('upkeep.title')}
      hint={translate('upkeep.hint')}
      actions={
        may('settings.write') && (
          <>
            <button type="button" class="button" disabled={busy || running} onClick={() => begin(false)}>
              {translate(running ? 'upkeep.running' : 'upkeep.begin')}
            </button>
            <button
              type="button"
              class="button quiet"
              disabled={busy || running}
              title={translate('upkeep.rewrite_hint')}
              onClick={() => begin(true)}
            >
              {translate('upkeep.rewrite')}
            </button>
          </>
        )
      }
    >
      <LoadView loaded={loaded} reload={reload} rows={1}>
        {({ last, failure, model_change: change }) => (
          <>
            {failure !== null && <p class="problem">{failure}</p>}
            {change !== null && change.failure !== null && (
              <p class="problem">{translate('models.change_failed', { reason: change.failure })}</p>
            )}
            <p class="muted">
              {last === null
                ? translate('upkeep.never')
                : translate('upkeep.last', {
                    time: showTime(last.at),
                    seconds: showDuration(last.seconds),
                    merged: last.merged,
                    erased: last.erased,
                    before: showBytes(last.bytes_before),
                    after: showBytes(last.bytes_after),
                  })}
            </p>
          </>
        )}
      </LoadView>
    </Panel>
  );
}
