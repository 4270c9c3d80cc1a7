import { useState } from 'preact/hooks';
import type { Webhook } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../components/use-action.ts';
import { translate, translateValue } from '../../translate.ts';

const EVENTS = [
  'message-add',
  'note-add',
  'handover-start',
  'state-change',
  'thread-change',
  'ticket-add',
  'ticket-change',
  'sla-warn',
  'sla-breach',
  'customer-waits',
  'csat-ask',
  'csat-add',
];

interface WebhookDialogProps {
  /** Null: a new one. */
  webhook: Webhook | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Its address and what it is told of; a new one's secret is shown this once. */
export function WebhookDialog({ webhook, onClose, onSaved }: WebhookDialogProps) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [disabled, setDisabled] = useState(webhook?.disabled ?? false);
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? ['ticket-add']);
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, run } = useAction();
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body = { url, description, events };
      if (webhook) {
        await call('PATCH', `/api/v1/webhooks/${webhook.id}`, { body: { ...body, disabled } });
        onClose();
      } else setSecret((await call<{ secret: string }>('POST', '/api/v1/webhooks', { body })).secret);
      onSaved();
    });
  };
  if (secret !== null)
    return (
      <Dialog title={translate('webhooks.secret')} onClose={onClose}>
        <p>{translate('webhooks.secret_hint')}</p>
        <CopyText label={translate('webhooks.secret')} text={secret} />
      </Dialog>
    );
  return (
    <Dialog title={translate(webhook ? 'webhooks.edit' : 'webhooks.add')} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <Field label={translate('webhooks.url')}>
          <input
            type="url"
            required
            maxLength={2000}
            placeholder="https://crm.example.com/hooks/answerbox"
            value={url}
            onInput={({ currentTarget: { value } }) => setUrl(value)}
          />
        </Field>
        <Field label={translate('webhooks.description')}>
          <input
            maxLength={300}
            value={description}
            onInput={({ currentTarget: { value } }) => setDescription(value)}
          />
        </Field>
        <fieldset class="form">
          <legend class="field-label">{translate('webhooks.events')}</legend>
          {EVENTS.map((name) => (
            <label key={name} class="row-line">
              <input
                type="checkbox"
                checked={events.includes(name)}
                onChange={({ currentTarget: { checked } }) =>
                  setEvents(checked ? [...events, name] : events.filter((one) => one !== name))
                }
              />
              {translateValue('event', name)}
            </label>
          ))}
        </fieldset>
        {webhook && (
          <label class="row-line">
            <input
              type="checkbox"
              checked={disabled}
              onChange={({ currentTarget: { checked } }) => setDisabled(checked)}
            />
            {translate('webhooks.disable')}
          </label>
        )}
        <button type="submit" class="button primary" disabled={busy || events.length === 0}>
          {translate('action.save')}
        </button>
      </form>
    </Dialog>
  );
}
