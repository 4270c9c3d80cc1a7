import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import type { Command } from '../hotkeys/commands.ts';
import { KeyHint } from '../hotkeys/key-hint.tsx';
import { translate } from '../translate.ts';

interface CommandListProps {
  id: string;
  commands: readonly Command[];
  current: Command | undefined;
  /** Whether the groups have headings. */
  grouped: boolean;
  /** Those that the search found: a group of their own. */
  found: readonly Command[];
  onRun: (command: Command) => void;
}

export function CommandList({ id, commands, current, grouped, found, onRun }: CommandListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);
  const groupOf = (command: Command): string => (found.includes(command) ? 'found' : command.group);
  return (
    <ul id={id} ref={list} class="command-list" role="listbox" aria-label={translate('command.title')}>
      {commands.length === 0 && (
        <li class="command-none" role="option" aria-selected="false" aria-disabled="true">
          {translate('command.none')}
        </li>
      )}
      {commands.map((command, index) => {
        const group = groupOf(command);
        const first = grouped && (index === 0 || groupOf(commands[index - 1]!) !== group);
        return (
          <li
            key={command.id}
            id={`command-${command.id}`}
            role="option"
            aria-selected={command.id === current?.id}
            class={first ? 'command command-first' : 'command'}
            data-group={translate(`command.${group as 'item'}`)}
            onClick={() => onRun(command)}
          >
            {command.icon ? <Icon name={command.icon} /> : <span class="icon" />}
            <span>{command.label}</span>
            {command.keys && <KeyHint keys={command.keys} />}
            {command.choices && <Icon name="chevron" />}
          </li>
        );
      })}
    </ul>
  );
}
