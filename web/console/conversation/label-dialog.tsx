import { useState } from 'preact/hooks';
import { changeThread, listLibrary } from '../api/desk-api.ts';
import type { WholeThread } from '../api/wire-types.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { useLoaded } from '../data/use-loaded.ts';
import { translate } from '../translate.ts';

interface LabelDialogProps {
  thread: WholeThread;
  onThread: (thread: WholeThread) => void;
  onClose: () => void;
}

/** Labels of a conversation and its ticket: known ones to tick, a new one to type. */
export function LabelDialog({ thread, onThread, onClose }: LabelDialogProps) {
  const { loaded } = useLoaded('tags', () => listLibrary('tags'));
  const [tags, setTags] = useState<readonly string[]>(thread.tags);
  const [fresh, setFresh] = useState('');
  const known = [...new Set([...(loaded.value ?? []).map(({ name }) => name), ...thread.tags])].sort();
  const save = (event: Event) => {
    event.preventDefault();
    const next = [...new Set([...tags, fresh.trim()].filter(Boolean))];
    onClose();
    changeThread(thread.id, { tags: next }).then(onThread).catch(tellFailure);
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
