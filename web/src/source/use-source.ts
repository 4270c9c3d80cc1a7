import { useEffect, useState } from 'preact/hooks';
import { fetchSource } from '../api/answerbox-api.ts';
import type { SourceDocument } from '../api/wire-types.ts';

export type SourceState =
  { kind: 'loading' } | { kind: 'failed' } | { kind: 'ready'; document: SourceDocument };

export function useSource(documentId: string): SourceState {
  const [state, setState] = useState<SourceState>({ kind: 'loading' });
  useEffect(() => {
    let wanted = true;
    setState({ kind: 'loading' });
    fetchSource(documentId).then(
      (document) => wanted && setState({ kind: 'ready', document }),
      () => wanted && setState({ kind: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [documentId]);
  return state;
}
