import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { call } from '../../api/request.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../components/use-action.ts';
import { translate } from '../../translate.ts';
import { toBody, toData, type FieldsProps, type LibraryData, type LibraryItem } from './library-item.ts';

interface EntryDialogProps {
  title: string;
  address: string;
  /** Null: a new one. */
  item: LibraryItem | null;
  empty: LibraryData;
  fields: ComponentType<FieldsProps>;
  onClose: () => void;
  onSaved: () => void;
}

/** Name and content of one entry; the server says what does not fit. */
export function EntryDialog({
  title,
  address,
  item,
  empty,
  fields: Fields,
  onClose,
  onSaved,
}: EntryDialogProps) {
  const [name, setName] = useState(item?.name ?? '');
  const [data, setData] = useState<LibraryData>(item ? toData(item) : empty);
  const { busy, run } = useAction();
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body = toBody(name, data);
      if (item) await call('PUT', `${address}/${encodeURIComponent(item.id)}`, { body });
      else await call('POST', address, { body });
      onSaved();
      onClose();
    });
  };
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      <form class="form" onSubmit={save}>
        <Field label={translate('people.name')}>
          <input
            required
            maxLength={200}
            value={name}
            onInput={({ currentTarget: { value } }) => setName(value)}
          />
        </Field>
        <Fields data={data} onChange={setData} />
        <button type="submit" class="button primary" disabled={busy}>
          {translate(busy ? 'action.saving' : 'action.save')}
        </button>
      </form>
    </Dialog>
  );
}
