import { useEffect } from 'preact/hooks';
import type { ConversationState } from '../../src/conversation/conversation-state.ts';
import { readStored, STORED, writeStored } from '../../src/stored-text.ts';

const { storage, key } = STORED.seen;

/** Counts what came while the panel was closed, over a reload too. */
export function useUnread(
  { entries }: ConversationState,
  { open, restoring }: { open: boolean; restoring: boolean },
  onUnread: (count: number) => void,
): void {
  const came = entries.filter(
    (entry) =>
      entry.kind === 'staff' ||
      entry.kind === 'handover' ||
      (entry.kind === 'answer' && entry.status === 'done') ||
      (entry.kind === 'file' && entry.from === 'staff'),
  ).length;
  useEffect(() => {
    if (restoring) return;
    const before = Number(readStored(storage, key));
    // Fewer than before: another conversation has begun.
    if (open || came < before) writeStored(storage, key, String(came || ''));
    onUnread(open ? 0 : Math.max(0, came - before));
  }, [came, open, restoring, onUnread]);
}
