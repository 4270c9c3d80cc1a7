import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Handover } from '../conversation/use-handover.ts';
import { toProblem } from '../conversation/to-problem.ts';
import type { DeskView } from '../desk/desk-view.ts';
import { formatReturn } from '../desk/format-return.ts';
import { useStoredForm } from '../desk/use-stored-form.ts';
import { translate } from '../translate.ts';

interface Props {
  handover: Handover;
  desk: DeskView;
  /** What was asked last, as a beginning. */
  question: string;
}

/** For when nobody is there, or nothing can be answered: it becomes a ticket. */
export function ContactForm({ handover, desk, question }: Props) {
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const [form, change, forget] = useStoredForm(question);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const opensAt = desk.availability?.open === false ? desk.availability.opens_at : null;

  /** Promised only where it is known. */
  const mail = desk.availability?.mail === true;

  useEffect(() => {
    first.current?.form?.scrollIntoView({ block: 'nearest' });
    first.current?.focus();
  }, []);

  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      const { name, email, message, id: request } = form;
      await handover.leave({
        id: request,
        email: email.trim(),
        message: message.trim(),
        ...(name.trim() && { name: name.trim() }),
      });
      forget();
    } catch (error) {
      setProblem(toProblem(error).message);
      setBusy(false);
    }
  };
  return (
    <form class="contact-form" aria-labelledby={`${id}-title`} onSubmit={(event) => void send(event)}>
      <h2 id={`${id}-title`}>{translate('form.title')}</h2>
      <p>
        {opensAt
          ? `${translate('desk.back_at', { time: formatReturn(opensAt) })} ${translate(mail ? 'form.mail' : 'form.mail_here')}`
          : translate(mail ? 'form.text' : 'form.text_here')}
      </p>
      <label for={`${id}-email`}>{translate('form.email')}</label>
      <input
        ref={first}
        id={`${id}-email`}
        type="email"
        required
        autocomplete="email"
        maxLength={320}
        value={form.email}
        onInput={(event) => change({ email: event.currentTarget.value })}
      />
      <label for={`${id}-name`}>{translate('form.name')}</label>
      <input
        id={`${id}-name`}
        autocomplete="name"
        maxLength={200}
        value={form.name}
        onInput={(event) => change({ name: event.currentTarget.value })}
      />
      <label for={`${id}-message`}>{translate('form.message')}</label>
      <textarea
        id={`${id}-message`}
        rows={3}
        required
        maxLength={4000}
        value={form.message}
        onInput={(event) => change({ message: event.currentTarget.value })}
      />
      {problem && (
        <p class="note-error" role="alert">
          {translate('form.failed')} {problem}
        </p>
      )}
      <div class="form-row">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {translate('form.send')}
        </button>
        <button type="button" class="button quiet" onClick={handover.closeForm}>
          {translate('form.cancel')}
        </button>
      </div>
    </form>
  );
}
