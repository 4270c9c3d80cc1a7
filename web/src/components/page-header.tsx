import type { Shop } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  shop: Shop | null;
  onStartOver: (() => void) | null;
}

export function PageHeader({ shop, onStartOver }: Props) {
  return (
    <header class="page-header">
      <div class="column page-header-row">
        <div class="page-header-names">
          <h1>{shop?.name ?? '\u00a0'}</h1>
          <p>{shop?.tagline ?? '\u00a0'}</p>
        </div>
        {onStartOver && (
          <button type="button" class="button quiet" onClick={onStartOver}>
            <Icon name="restart" />
            <span class="wide-only">{translate('page.start_over')}</span>
            <span class="narrow-only visually-hidden">{translate('page.start_over')}</span>
          </button>
        )}
      </div>
    </header>
  );
}
