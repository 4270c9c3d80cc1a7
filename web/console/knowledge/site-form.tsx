import { useState } from 'preact/hooks';
import type { SourceList } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { tell } from '../components/toasts.tsx';
import { useAction } from '../components/use-action.ts';
import { useLoaded } from '../data/use-loaded.ts';
import { translate } from '../translate.ts';
import { followedJobs } from './job-list.ts';
import { changesOf, NEW_SOURCE } from './source-draft.ts';
import { SourceFields } from './source-fields.tsx';

/** Reads a site from an address on, once or again and again. */
export function SiteForm({ onAdded }: { onAdded: () => void }) {
  const [address, setAddress] = useState('');
  const [draft, setDraft] = useState(NEW_SOURCE);
  const { busy, run } = useAction();
  const { loaded } = useLoaded('private-hosts', (signal) =>
    call<SourceList>('GET', '/api/v1/knowledge/sources', { signal }),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const said = { ...changesOf(NEW_SOURCE, draft), pages: Number(draft.pages) };
      await call('POST', '/api/v1/documents', { body: { ...said, url: address.trim() } });
      tell(translate('site.accepted'));
      setAddress('');
      setDraft(NEW_SOURCE);
      followedJobs.reload();
      onAdded();
    });
  };
  return (
    <form onSubmit={submit}>
      <div class="toolbar">
        <label class="field grows">
          <span class="field-label">{translate('site.address')}</span>
          <input
            type="url"
            required
            placeholder="https://www.example.com/help"
            value={address}
            onInput={({ currentTarget: { value } }) => setAddress(value)}
          />
        </label>
        <button type="submit" class="button" disabled={busy}>
          {translate('site.read')}
        </button>
      </div>
      <details class="site-more">
        <summary>{translate('site.more')}</summary>
        <div class="form site-fields">
          <SourceFields
            draft={draft}
            onChange={setDraft}
            kind="site"
            privateHosts={loaded.value?.private_hosts ?? null}
          />
        </div>
      </details>
    </form>
  );
}
