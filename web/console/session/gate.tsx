import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../../src/api/api-error.ts';
import { describeError } from '../components/states.tsx';
import { translate } from '../translate.ts';

interface GateProps {
  title: string;
  hint: string;
  submit: string;
  children: ComponentChildren;
  /** Another way in, under the button. */
  footer?: ComponentChildren;
  onSubmit: (fields: Readonly<Record<string, string>>) => Promise<void>;
}

/** The card before the console: a form, and what the server had against it. */
export function Gate({ title, hint, submit, children, footer, onSubmit }: GateProps) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = `${title} · Answerbox`;
    form.current?.querySelector('input')?.focus();
  }, [title]);

  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.current || busy) return;
    const fields = Object.fromEntries(
      [...new FormData(form.current)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
    setBusy(true);
    setError(null);
    try {
      await onSubmit(fields);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <main class="gate">
      <form ref={form} class="gate-card" onSubmit={(event) => void send(event)}>
        <p class="wordmark">Answerbox</p>
        <h1>{title}</h1>
        <p class="muted">{hint}</p>
        {children}
        {error !== null && <GateError error={error} />}
        <button type="submit" class="button primary" disabled={busy}>
          {submit}
        </button>
        {footer}
      </form>
    </main>
  );
}

/** What the server had against it, with the number under which its log tells more. */
export function GateError({ error }: { error: unknown }) {
  return (
    <div class="form-error" role="alert">
      {describeError(error)}
      {error instanceof ApiError && error.requestId && (
        <span class="reference">{translate('state.reference', { id: error.requestId })}</span>
      )}
    </div>
  );
}
