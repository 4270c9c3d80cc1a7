import { signal } from '@preact/signals';
import { session } from '../session/session.ts';
import { call } from '../api/request.ts';
import { tellDone, tellFailure, UNDO_MS } from '../components/toasts.tsx';
import { translate } from '../translate.ts';

/** Documents that go as soon as they can no longer be brought back; lists leave them out. */
export const removing = signal<ReadonlySet<string>>(new Set());
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

const without = (id: string): ReadonlySet<string> => new Set([...removing.value].filter((one) => one !== id));

/** Shown as gone at once; the server is told when Undo is over, so that versions and passages are all there until then. */
export function removeDocument({ id, title }: { id: string; title: string }): void {
  removing.value = new Set([...removing.value, id]);
  waiting.set(
    id,
    setTimeout(() => void send(id), UNDO_MS + 500),
  );
  tellDone(translate('documents.removed', { title }), () => {
    clearTimeout(waiting.get(id));
    if (waiting.delete(id)) removing.value = without(id);
  });
}

async function send(id: string): Promise<void> {
  waiting.delete(id);
  try {
    await call('DELETE', `/api/v1/documents/${id}`);
  } catch (error) {
    removing.value = without(id);
    tellFailure(error);
  }
}

// Whoever leaves meanwhile has not undone it.
addEventListener('pagehide', () => {
  for (const [id, timer] of waiting) {
    clearTimeout(timer);
    const headers = { 'x-csrf-token': session.value?.csrf_token ?? '' };
    void fetch(`/api/v1/documents/${id}`, { method: 'DELETE', keepalive: true, headers });
  }
  waiting.clear();
});
