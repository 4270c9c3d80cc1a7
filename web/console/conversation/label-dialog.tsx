import { useState } from 'preact/hooks';
import { listLibrary } from '../api/desk-api.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { useLoaded } from '../data/use-loaded.ts';
import { translate } from '../translate.ts';

interface LabelDialogProps {
  /** Those that are set now. */
  before: readonly string[];
  onSave: (tags: string[]) => void;
  onClose: () => void;
}

/** Labels of a conversation or a ticket: known ones to tick, a new one to type. */
export function LabelDialog({ before, onSave, onClose }: LabelDialogProps) {
  const { loaded } = useLoaded('tags', () => listLibrary('tags'));
  const [tags, setTags] = useState(before);
  const [fresh, setFresh] = useState('');
  const known = [...new Set([...(loaded.value ?? []).map(({ name }) => name), ...before])].sort();
  const save = (event: Event) => {
    event.preventDefault();
    const next = [...new Set([...tags, fresh.trim()].filter(Boolean))];
    onClose();
    onSave(next);
  };
  return (
    <Dialog
      title={translate('label.title')}
      onClose={onClose}
      footer={
        <button type="submit" form="labels" class="button primary">
          {translate('label.save')}
        </button>
      }
    >
      <form id="labels" class="form" onSubmit={save}>
        <Field label={translate('label.new')}>
          <input
            value={fresh}
            maxLength={60}
            onInput={({ currentTarget }) => setFresh(currentTarget.value)}
          />
        </Field>
        {known.map((name) => (
          <label key={name} class="check-line">
            <input
              type="checkbox"
              checked={tags.includes(name)}
              onChange={({ currentTarget }) =>
                setTags(currentTarget.checked ? [...tags, name] : tags.filter((tag) => tag !== name))
              }
            />
            {name}
          </label>
        ))}
      </form>
    </Dialog>
  );
}
