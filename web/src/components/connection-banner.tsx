import type { ConnectionPhase } from '../connection/reduce-connection.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  phase: ConnectionPhase;
  onRetry: () => void;
}

const ICONS = { offline: 'offline', connecting: 'restart', failed: 'warning', restored: 'check' } as const;

export function ConnectionBanner({ phase, onRetry }: Props) {
  if (phase === 'online') return null;
  const lost = phase === 'failed' || phase === 'offline';
  return (
    <div class={`banner banner-${phase}`} role={lost ? 'alert' : undefined} data-connection={phase}>
      <Icon name={ICONS[phase]} />
      <span>{translate(`connection.${phase}`)}</span>
      {lost && (
        <button type="button" class="button small" onClick={onRetry}>
          {translate('connection.retry')}
        </button>
      )}
    </div>
  );
}
