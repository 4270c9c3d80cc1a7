import type { Readiness } from '../../api/owner-types.ts';
import { Panel } from '../../components/panel.tsx';
import { showTime } from '../../format/show-time.ts';
import { translate, translateValue } from '../../translate.ts';

/** What works worse than it should while the rest goes on, and what healed by itself. */
export function FaultsPanel({ faults }: Pick<Readiness, 'faults'>) {
  return (
    <Panel title={translate('faults.title')} hint={translate('faults.hint')}>
      {faults.length === 0 ? (
        <p class="muted">{translate('faults.none')}</p>
      ) : (
        <ul class="rows">
          {faults.map(({ part, state, message, since }) => (
            <li key={part}>
              <div class="row-line">
                <span class={`badge badge-${state === 'failing' ? 'danger' : 'info'}`}>
                  {translateValue('fault_state', state)}
                </span>
                <span class="row-name">{translateValue('fault_part', part)}</span>
                <span class="row-end muted">{translate('faults.since', { time: showTime(since) })}</span>
              </div>
              <p>{message}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
