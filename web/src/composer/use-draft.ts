import { useLayoutEffect, useState } from 'preact/hooks';
import { readStored, writeStored } from '../stored-text.ts';

const DRAFT_KEY = 'answerbox.draft';
const local = () => localStorage;

/**
 * The unsent text, kept over a reload. A question that the server has not taken yet (`unaccepted`) counts
 * as unsent too.
 */
export function useDraft(unaccepted: string): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(() => readStored(local, DRAFT_KEY));
  // At once, not after the next paint: the page may be gone by then.
  useLayoutEffect(() => writeStored(local, DRAFT_KEY, draft || unaccepted), [draft, unaccepted]);
  return [draft, setDraft];
}
