import * as menu from '@zag-js/menu';
import { normalizeProps, useMachine } from '@zag-js/preact';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';
import { Portal } from './portal.tsx';

export interface MenuItem {
  value: string;
  label: string;
  icon?: IconName;
  /** Shown at the end of the row: a key, a time. */
  detail?: string;
  disabled?: boolean;
  checked?: boolean;
}

interface MenuProps {
  /** What the button shows; `label` is its name where that is no text. */
  trigger: ComponentChildren;
  label?: string;
  items: readonly MenuItem[];
  onSelect: (value: string) => void;
  class?: string;
  disabled?: boolean;
  /** Tells pages that open it by a key which menu it is. */
  name?: string;
}

/** A button that opens a list of actions. */
export function Menu({
  trigger,
  label,
  items,
  onSelect,
  class: name = 'button',
  disabled,
  name: id,
}: MenuProps) {
  const service = useMachine(menu.machine, {
    id: useId(),
    onSelect: ({ value }) => onSelect(value),
    positioning: { placement: 'bottom-end', gutter: 4 },
    loopFocus: true,
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <>
      <button
        {...api.getTriggerProps()}
        class={name}
        aria-label={label}
        title={label}
        disabled={disabled}
        data-menu={id}
      >
        {trigger}
      </button>
      {api.open && (
        <Portal>
          <div {...api.getPositionerProps()}>
            <ul {...api.getContentProps()} class="menu">
              {items.map(({ value, label: text, icon, detail, disabled: off = false, checked }) => (
                <li key={value} {...api.getItemProps({ value, disabled: off })} class="menu-item">
                  {icon && <Icon name={icon} />}
                  <span>{text}</span>
                  {checked && <Icon name="check" />}
                  {detail && <span class="menu-detail">{detail}</span>}
                </li>
              ))}
            </ul>
          </div>
        </Portal>
      )}
    </>
  );
}
