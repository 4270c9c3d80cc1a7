import type { ComponentChildren, ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate } from '../../translate.ts';
import { EntryDialog } from './entry-dialog.tsx';
import type { FieldsProps, LibraryData, LibraryItem, LibraryKind } from './library-item.ts';
import './library.css';

interface LibraryPanelProps {
  kind: LibraryKind;
  fields: ComponentType<FieldsProps>;
  /** What a new entry begins with. */
  empty: LibraryData;
  detail: (item: LibraryItem) => ComponentChildren;
}

/** The entries of one kind, with adding, changing and removing. */
export function LibraryPanel({ kind, fields, empty, detail }: LibraryPanelProps) {
  const [editing, setEditing] = useState<LibraryItem | 'new' | null>(null);
  const [leaving, setLeaving] = useState<LibraryItem | null>(null);
  const address = `/api/v1/library/${kind}`;
  const { loaded, reload } = useLoaded(kind, (signal) =>
    call<{ items: LibraryItem[] }>('GET', address, { signal }),
  );
  return (
    <Panel
      title={translate(`library.${kind}`)}
      hint={translate(`library.${kind}_hint`)}
      actions={
        <>
          <ExportLinks list={address} />
          <button type="button" class="button" onClick={() => setEditing('new')}>
            {translate('library.add')}
            <span class="visually-hidden"> {translate(`library.${kind}`)}</span>
          </button>
        </>
      }
    >
      <LoadView loaded={loaded} reload={reload} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{translate('library.none')}</p>
          ) : (
            <ul class="rows">
              {items.map((item) => (
                <li key={item.id}>
                  <div class="row-line">
                    <span class="row-name">{item.name}</span>
                    <span class="row-end">
                      <RowButton
                        item={item}
                        text={translate('action.edit')}
                        onClick={() => setEditing(item)}
                      />
                      <RowButton
                        item={item}
                        text={translate('library.remove')}
                        onClick={() => setLeaving(item)}
                      />
                    </span>
                  </div>
                  <p class="muted library-detail">{detail(item)}</p>
                </li>
              ))}
            </ul>
          )
        }
      </LoadView>
      {editing && (
        <EntryDialog
          title={translate(`library.${kind}`)}
          address={address}
          item={editing === 'new' ? null : editing}
          empty={empty}
          fields={fields}
          onClose={() => setEditing(null)}
          onSaved={reload}
        />
      )}
      {leaving && (
        <ConfirmDialog
          title={translate('library.remove')}
          text={translate('library.remove_text', { name: leaving.name })}
          action={translate('library.remove')}
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await call('DELETE', `${address}/${encodeURIComponent(leaving.id)}`);
            reload();
          }}
        />
      )}
    </Panel>
  );
}

function RowButton({ item, text, onClick }: { item: LibraryItem; text: string; onClick: () => void }) {
  return (
    <button type="button" class="button small" onClick={onClick}>
      {text}
      <span class="visually-hidden"> {item.name}</span>
    </button>
  );
}
