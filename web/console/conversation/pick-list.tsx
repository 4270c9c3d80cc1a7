import { useEffect, useRef, useState } from 'preact/hooks';
import { previewText, type DraftKind } from '../api/desk-api.ts';
import { tellFailure } from '../components/toasts.tsx';
import { translate } from '../translate.ts';
import type { Trigger } from './find-trigger.ts';
import { useChoices, type Choice } from './use-choices.ts';

interface PickListProps {
  trigger: Trigger;
  kind: DraftKind;
  threadId: string;
  field: { readonly current: HTMLTextAreaElement | null };
  onPick: (text: string) => void;
  onMention: (id: string) => void;
  onClose: () => void;
}

const NAMES = { '/': 'pick.replies', '??': 'pick.articles', '@': 'pick.people' } as const;
const NONE = { '/': 'pick.no_replies', '??': 'pick.no_articles', '@': 'pick.nobody' } as const;

/** What fits the sign that was typed: the arrows choose while the caret stays in the text. */
export function PickList({ trigger, kind, threadId, field, onPick, onMention, onClose }: PickListProps) {
  const { sign, query } = trigger;
  const [chosen, setChosen] = useState(0);
  const choices = useChoices(trigger, kind);
  const shown = choices ?? [];
  useEffect(() => setChosen(0), [query]);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    if (choice.text !== null) {
      onPick(choice.text);
      if (sign === '@' && kind === 'note') onMention(choice.id);
      return;
    }
    previewText(threadId, { saved_reply_id: choice.id })
      .then(({ text }) => onPick(text))
      .catch(tellFailure);
  };
  const newest = useRef({ shown, chosen, choose });
  newest.current = { shown, chosen, choose };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { shown: list, chosen: index, choose: take } = newest.current;
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const takes = (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab';
      if (event.isComposing || (list.length === 0 && event.key !== 'Escape')) return;
      if (move !== undefined) setChosen((index + move + list.length) % list.length);
      else if (takes) take(list[index]);
      else if (event.key === 'Escape') onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const place = field.current;
    place?.addEventListener('keydown', press, { capture: true });
    return () => place?.removeEventListener('keydown', press, { capture: true });
  }, []);

  return (
    <ul class="pick-list" role="listbox" aria-label={translate(NAMES[sign])}>
      {shown.length === 0 && (
        <li class="pick-none" role="option" aria-selected="false" aria-disabled="true">
          {translate(choices === null ? 'state.loading' : NONE[sign])}
        </li>
      )}
      {shown.map((choice, index) => (
        <li
          key={choice.id}
          role="option"
          aria-selected={index === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(choice);
          }}
        >
          <strong>{choice.name}</strong> {choice.detail && <span class="muted">{choice.detail}</span>}
        </li>
      ))}
    </ul>
  );
}
