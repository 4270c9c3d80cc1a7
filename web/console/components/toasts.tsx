import { normalizeProps, useMachine } from '@zag-js/preact';
import * as toast from '@zag-js/toast';
import { useId } from 'preact/hooks';
import { ApiError } from '../../src/api/api-error.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';
import { describeError } from './states.tsx';

/** Milliseconds in which a step can be taken back (console check 34). */
export const UNDO_MS = 5_000;
/** For what is to be read, not only noticed. */
const READING_MS = 10_000;

const store = toast.createStore<string>({ placement: 'bottom-end', gap: 8, max: 4, duration: UNDO_MS });

export function tell(title: string): void {
  store.create({ title, type: 'info' });
}

/** Tells what came, with a button that leads to it. */
export function tellWithLink(title: string, label: string, go: () => void): void {
  store.create({ title, type: 'info', duration: READING_MS, action: { label, onClick: go } });
}

/** Tells that something failed, with the request's id. */
export function tellFailure(error: unknown): void {
  const reference = error instanceof ApiError ? error.requestId : null;
  store.create({
    title: describeError(error),
    type: 'error',
    duration: READING_MS,
    ...(reference && { description: translate('state.reference', { id: reference }) }),
  });
}

/** Tells what was done, with five seconds to take it back. */
export function tellDone(title: string, undo: () => void): void {
  store.create({
    title,
    type: 'success',
    duration: UNDO_MS,
    action: { label: translate('toast.undo'), onClick: undo },
  });
}

/** Where short notices appear; screen readers are told of each. */
export function Toasts() {
  const service = useMachine(toast.group.machine, { id: useId(), store });
  const api = toast.group.connect(service, normalizeProps);
  return (
    <div {...api.getGroupProps({ label: translate('toast.region') })}>
      {api.getToasts().map((item, index) => (
        <Toast key={item.id} item={item} index={index} parent={service} />
      ))}
    </div>
  );
}

interface ToastProps {
  item: ReturnType<toast.GroupApi['getToasts']>[number];
  index: number;
  parent: toast.GroupService;
}

function Toast({ item, index, parent }: ToastProps) {
  const { type = 'info', id = String(index), duration = UNDO_MS, removeDelay = 0, ...rest } = item;
  const service = useMachine(toast.machine, { ...rest, type, id, duration, removeDelay, index, parent });
  const api = toast.connect(service, normalizeProps);
  const { action } = item;
  return (
    <div {...api.getRootProps()} class={`toast toast-${api.type}`}>
      <span {...api.getGhostBeforeProps()} />
      <div class="toast-text">
        <p {...api.getTitleProps()}>{api.title}</p>
        {api.description && <p {...api.getDescriptionProps()}>{api.description}</p>}
      </div>
      {action && (
        <button {...api.getActionTriggerProps()} class="button small">
          {action.label}
        </button>
      )}
      <button
        {...api.getCloseTriggerProps()}
        class="button icon-only small"
        aria-label={translate('toast.close')}
      >
        <Icon name="close" />
      </button>
      <span {...api.getGhostAfterProps()} />
    </div>
  );
}
