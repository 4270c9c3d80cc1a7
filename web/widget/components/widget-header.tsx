import { Icon } from '../../src/components/icon.tsx';
import type { Shop } from '../../src/api/wire-types.ts';
import { safeLink } from '../../src/source/safe-link.ts';
import { translate } from '../../src/translate.ts';

interface Props {
  shop: Shop | null;
  onStartOver: (() => void) | null;
  /** Where the chat stands in the page, there is nothing to be closed. */
  onClose: (() => void) | null;
  logo: string | undefined;
}

export function WidgetHeader({ shop, logo, onStartOver, onClose }: Props) {
  const startOver = translate('page.start_over');
  const link = safeLink(logo ?? null, document.baseURI);
  const close = translate('launcher_close');
  return (
    <div class="panel-header">
      {link && <img class="panel-logo" src={link} alt="" />}
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
      {onClose && (
        <button type="button" class="button icon-only" aria-label={close} title={close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
