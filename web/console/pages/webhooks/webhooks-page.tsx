import { useState } from 'preact/hooks';
import type { Webhook } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { Deliveries } from './deliveries.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** Whom the desk tells of what happens, and what could not be delivered. */
export function WebhooksPage() {
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Webhook | null>(null);
  const { busy, run } = useAction();
  const { loaded, reload } = useLoaded('webhooks', (signal) =>
    call<{ webhooks: Webhook[] }>('GET', '/api/v1/webhooks', { signal }),
  );
  const test = (id: string) =>
    run(async () => {
      await call('POST', `/api/v1/webhooks/${id}/test`);
      tell(translate('webhooks.tested'));
    });
  return (
    <>
      <PageHeader title={translate('webhooks.title')}>
        <button type="button" class="button" onClick={() => setEditing('new')}>
          {translate('webhooks.add')}
        </button>
      </PageHeader>
      <div class="page-body panels">
        <Panel title={translate('webhooks.title')} hint={translate('webhooks.hint')}>
          <LoadView loaded={loaded} reload={reload} rows={2}>
            {({ webhooks }) => (
              <ul class="rows">
                {webhooks.length === 0 && <li class="muted">{translate('webhooks.none')}</li>}
                {webhooks.map((webhook) => (
                  <li key={webhook.id}>
                    <div class="row-line">
                      <span class="row-name">{webhook.url}</span>
                      {webhook.disabled && (
                        <span class="badge badge-warning">{translate('webhooks.disabled')}</span>
                      )}
                      <span class="row-end">
                        <button
                          type="button"
                          class="button small"
                          disabled={busy}
                          onClick={() => test(webhook.id)}
                        >
                          {translate('webhooks.test')}
                        </button>
                        <button type="button" class="button small" onClick={() => setEditing(webhook)}>
                          {translate('action.edit')}
                        </button>
                        <button type="button" class="button small danger" onClick={() => setLeaving(webhook)}>
                          {translate('webhooks.remove')}
                        </button>
                      </span>
                    </div>
                    <p class="muted">
                      {webhook.description !== '' && `${webhook.description} · `}
                      {webhook.events.map((event) => translateValue('event', event)).join(', ')}
                    </p>
                  </li>
                ))}
              </ul>
            )}
          </LoadView>
        </Panel>
        <Deliveries />
      </div>
      {editing !== null && (
        <WebhookDialog
          webhook={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={reload}
        />
      )}
      {leaving && (
        <ConfirmDialog
          title={translate('webhooks.remove')}
          text={translate('webhooks.remove_text', { url: leaving.url })}
          action={translate('webhooks.remove')}
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/v1/webhooks/${leaving.id}`);
            reload();
          }}
        />
      )}
    </>
  );
}
