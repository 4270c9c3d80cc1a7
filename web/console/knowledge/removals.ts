import { signal } from '@preact/signals';
import { call } from '../api/request.ts';
import { doDeferred } from '../data/deferred.ts';
import { translate } from '../translate.ts';

/** Documents that go as soon as they can no longer be brought back; lists leave them out. */
export const removing = signal<ReadonlySet<string>>(new Set());

/** Shown as gone at once; the server is told when Undo is over, so that versions and passages are all there until then. */
export function removeDocument({ id, title }: { id: string; title: string }): void {
  removing.value = new Set([...removing.value, id]);
  doDeferred({
    text: translate('documents.removed', { title }),
    commit: (leaving) => call('DELETE', `/api/v1/documents/${id}`, { keepalive: leaving }),
    rollBack: () => {
      removing.value = new Set([...removing.value].filter((one) => one !== id));
    },
  });
}
