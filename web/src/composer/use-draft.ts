import { useLayoutEffect, useState, type Dispatch, type StateUpdater } from 'preact/hooks';
import { readStored, STORED, writeStored } from '../stored-text.ts';

const { storage, key } = STORED.draft;

/**
 * The unsent text, kept over a reload. A question that the server has not taken yet (`unaccepted`) counts
 * as unsent too.
 */
export function useDraft(unaccepted: string): [string, Dispatch<StateUpdater<string>>] {
  const [draft, setDraft] = useState(() => readStored(storage, key));
  // At once, not after the next paint: the page may be gone by then.
  useLayoutEffect(() => writeStored(storage, key, draft || unaccepted), [draft, unaccepted]);
  return [draft, setDraft];
}
