import { BASE } from '../data/addresses.ts';
import { readReadiness } from '../data/readiness.ts';
import { usePolled } from '../data/use-polled.ts';
import { may } from '../session/session.ts';
import { translate, translateValue } from '../translate.ts';

const LOOK_MS = 30_000;
const SYSTEM = `${BASE}/system`;

/** Above every page while a part of the server fails: what, so that nobody wonders why something is missing. */
export function FaultNotice() {
  const { loaded } = usePolled('faults', LOOK_MS, readReadiness);
  const failing = (loaded.value?.faults ?? []).filter(({ state }) => state === 'failing');
  return (
    <div role="status">
      {failing.length > 0 && (
        <p class="fault-notice">
          {failing.map(({ part, message }) => (
            <span key={part}>
              <strong>{translateValue('fault_part', part)}:</strong> {message}.{' '}
            </span>
          ))}
          {may('operations.read') && <a href={SYSTEM}>{translate('system.title')}</a>}
        </p>
      )}
    </div>
  );
}
