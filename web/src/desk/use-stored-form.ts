import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { readStored, STORED, writeStored } from '../stored-text.ts';

export interface FormFields {
  name: string;
  email: string;
  message: string;
}

const { storage, key } = STORED.form;

/** The fields of the form, kept over a reload until they are sent. */
export function useStoredForm(
  message: string,
): [FormFields, (change: Partial<FormFields>) => void, () => void] {
  const [form, setForm] = useState<FormFields>(() => ({ name: '', email: '', message, ...readForm() }));
  const sent = useRef(false);
  useLayoutEffect(() => {
    if (!sent.current) writeStored(storage, key, JSON.stringify(form));
  }, [form]);
  // At once: the form is gone with what it sent.
  const forget = () => {
    sent.current = true;
    writeStored(storage, key, '');
  };
  return [form, (change) => setForm((before) => ({ ...before, ...change })), forget];
}

function readForm(): Partial<FormFields> {
  try {
    const found = JSON.parse(readStored(storage, key)) as Record<string, unknown>;
    return Object.fromEntries(
      ['name', 'email', 'message'].flatMap((field) =>
        typeof found[field] === 'string' && found[field] !== '' ? [[field, found[field]]] : [],
      ),
    );
  } catch {
    return {};
  }
}
