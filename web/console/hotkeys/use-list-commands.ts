import { useRef, useState } from 'preact/hooks';
import { focusSearch } from '../components/search-field.tsx';
import { translate } from '../translate.ts';
import { useCommands, type Command } from './commands.ts';

interface ListKeys {
  /** Names the list: another one begins at its first row. */
  name: string;
  length: number;
  /** The row of an index, to be given the focus; Enter then opens it. */
  rowOf: (index: number) => HTMLElement | null;
  more?: readonly Command[];
}

/** `j` and `k` through a list, `/` to its search. @returns the row that the keys are at, and setting it */
export function useListCommands({
  name,
  length,
  rowOf,
  more = [],
}: ListKeys): [number, (index: number) => void] {
  const [cursor, setCursor] = useState(-1);
  const at = useRef(cursor);
  at.current = cursor;
  const move = (step: number) => () => {
    const next = Math.max(0, Math.min(length - 1, at.current + step));
    setCursor(next);
    // A row that was out of view is in the page only after the list has been drawn again.
    requestAnimationFrame(() => requestAnimationFrame(() => rowOf(next)?.focus({ preventScroll: true })));
  };
  useCommands(
    [
      { id: 'next', label: translate('action.next'), group: 'list', keys: 'j', hidden: true, run: move(1) },
      {
        id: 'previous',
        label: translate('action.previous'),
        group: 'list',
        keys: 'k',
        hidden: true,
        run: move(-1),
      },
      {
        id: 'search',
        label: translate('action.search'),
        group: 'list',
        keys: '/',
        icon: 'search',
        run: focusSearch,
      },
      ...more,
    ],
    `${name} ${more.map(({ id }) => id).join()}`,
  );
  return [cursor, setCursor];
}
