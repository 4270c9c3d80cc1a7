import * as combobox from '@zag-js/combobox';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { DocumentList, KnowledgeDocument } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { Portal } from './portal.tsx';
import { tellFailure } from './toasts.tsx';

interface DocumentPickerProps {
  label: string;
  onChoose: (document: KnowledgeDocument | null) => void;
}

/** Documents that are offered at once; more words find fewer. */
const OFFERED = 20;

/** A field that finds a document by part of its title or source. */
export function DocumentPicker({ label, onChoose }: DocumentPickerProps) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly KnowledgeDocument[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    const query = { limit: OFFERED, words: words.trim() };
    call<DocumentList>('GET', '/api/v1/documents', { query, signal: leaving.signal })
      .then(({ documents }) => setFound(documents))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) tellFailure(error);
      });
    return () => leaving.abort();
  }, [words]);
  const collection = useMemo(
    () =>
      combobox.collection({
        items: [...found],
        itemToValue: ({ id }) => id,
        itemToString: ({ title }) => title,
      }),
    [found],
  );
  const service = useMachine(combobox.machine, {
    id: useId(),
    collection,
    openOnClick: true,
    onInputValueChange: ({ inputValue }) => setWords(inputValue),
    onValueChange: ({ items }) => onChoose((items[0] as KnowledgeDocument | undefined) ?? null),
  });
  const api = combobox.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()} class="field grows">
      <label {...api.getLabelProps()} class="field-label">
        {label}
      </label>
      <div {...api.getControlProps()}>
        <input {...(api.getInputProps() as object)} />
      </div>
      {api.open && found.length > 0 && (
        <Portal>
          <div {...api.getPositionerProps()}>
            <ul {...api.getContentProps()} class="menu" aria-label={label}>
              {found.map((item) => (
                <li key={item.id} {...api.getItemProps({ item })} class="menu-item">
                  <span>{item.title}</span>
                  <span class="menu-detail">{item.source}</span>
                </li>
              ))}
            </ul>
          </div>
        </Portal>
      )}
    </div>
  );
}
