import { Icon } from '../../src/components/icon.tsx';
import type { Shop } from '../../src/api/wire-types.ts';
import { translate } from '../../src/translate.ts';

interface Props {
  shop: Shop | null;
  onStartOver: (() => void) | null;
  onClose: () => void;
}

export function WidgetHeader({ shop, onStartOver, onClose }: Props) {
  const startOver = translate('page.start_over');
  const close = translate('launcher_close');
  return (
    <div class="panel-header">
      <div class="panel-names">
        <h2>{shop?.name ?? translate('widget.label')}</h2>
        {shop?.tagline && <p>{shop.tagline}</p>}
      </div>
      {onStartOver && (
        <button
          type="button"
          class="button icon-only"
          aria-label={startOver}
          title={startOver}
          onClick={onStartOver}
        >
          <Icon name="restart" />
        </button>
      )}
      <button type="button" class="button icon-only" aria-label={close} title={close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
