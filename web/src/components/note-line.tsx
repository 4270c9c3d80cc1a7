import { translate } from '../translate.ts';
import type { NoteEntry } from '../conversation/conversation-state.ts';

export function NoteLine({ note, name }: Pick<NoteEntry, 'note' | 'name'>) {
  return (
    <p class="note-line" data-anchor data-note={note}>
      <span>{translate(`desk.${note}`, { name: name ?? translate('desk.team') })}</span>
    </p>
  );
}
