import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { createId } from '../api/create-id.ts';
import { readStored, STORED, writeStored } from '../stored-text.ts';

export interface FormFields {
  name: string;
  email: string;
  message: string;
  /** Of the request: the same until a field is changed, so that one whose answer was lost is taken once. */
  id: string;
}

const { storage, key } = STORED.form;

/** The fields of the form, kept over a reload until they are sent. */
export function useStoredForm(
  message: string,
): [FormFields, (change: Partial<Omit<FormFields, 'id'>>) => void, () => void] {
  const [form, setForm] = useState<FormFields>(() => ({
    name: '',
    email: '',
    message,
    id: createId(),
    ...readForm(),
  }));
  const sent = useRef(false);
  useLayoutEffect(() => {
    if (!sent.current) writeStored(storage, key, JSON.stringify(form));
  }, [form]);
  // At once: the form is gone with what it sent.
  const forget = () => {
    sent.current = true;
    writeStored(storage, key, '');
  };
  return [form, (change) => setForm((before) => ({ ...before, ...change, id: createId() })), forget];
}

function readForm(): Partial<FormFields> {
  try {
    const found = JSON.parse(readStored(storage, key)) as Record<string, unknown>;
    return Object.fromEntries(
      ['name', 'email', 'message', 'id'].flatMap((field) =>
        typeof found[field] === 'string' && found[field] !== '' ? [[field, found[field]]] : [],
      ),
    );
  } catch {
    return {};
  }
}
