import type { NearDuplicates as Found } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { documentAddress } from '../../data/knowledge-addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { showShare } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

type Group = Found['groups'][number];

/** Passages that say nearly the same, as they are now; each but the one that is kept can be left out of answers. */
export function NearDuplicates() {
  const { loaded, reload } = useLoaded('duplicates', (signal) =>
    call<Found>('GET', '/api/v1/knowledge/duplicates', { signal }),
  );
  return (
    <LoadView loaded={loaded} reload={reload}>
      {({ total, groups }) => (
        <Panel title={translate('duplicates.title')} detail={total} hint={translate('duplicates.hint')}>
          {groups.length === 0 ? (
            <p class="muted">{translate('finding.none')}</p>
          ) : (
            <ul class="rows">
              {groups.map((group) => (
                <li key={group.passages[0]!.chunk_id}>
                  <DuplicateGroup group={group} onChanged={reload} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </LoadView>
  );
}

function DuplicateGroup({
  group: { similarity, passages },
  onChanged,
}: {
  group: Group;
  onChanged: () => void;
}) {
  const { busy, run } = useAction();
  const leaveOut = ({ document_id: id, chunk_id: passage }: Group['passages'][number]) =>
    run(async () => {
      const path = `/api/v1/documents/${encodeURIComponent(id)}/chunks/${passage}/enabled`;
      await call('PUT', path, { body: { enabled: false } });
      tell(translate('document.passage_disabled_told'));
      onChanged();
    });
  return (
    <>
      <small class="muted">{translate('duplicates.alike', { shared: showShare(similarity) })}</small>
      <blockquote class="quote">{passages[0]!.text}</blockquote>
      {passages.map((passage) => (
        <div class="row-line" key={passage.chunk_id}>
          <a class="row-name" href={documentAddress(passage.document_id)}>
            {passage.heading_path}
          </a>
          {may('knowledge.write') && (
            <span class="row-end">
              <button
                type="button"
                class="button small quiet"
                disabled={busy}
                onClick={() => leaveOut(passage)}
              >
                {translate('document.passage_disable')}
                <span class="visually-hidden"> {passage.title}</span>
              </button>
            </span>
          )}
        </div>
      ))}
    </>
  );
}
