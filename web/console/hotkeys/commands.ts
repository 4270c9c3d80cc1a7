import { computed, signal } from '@preact/signals';
import { createHotkeyStore } from '@zag-js/hotkeys';
import { useEffect, useRef } from 'preact/hooks';
import type { IconName } from '../components/icon.tsx';
import { preference } from '../session/session.ts';

export const COMMAND_GROUPS = ['item', 'list', 'go', 'general'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that can be done now: by its key, in the command bar, and told of on the sheet of keys. */
export interface Command {
  id: string;
  label: string;
  /** In the command bar `item` comes first: actions on what is open. */
  group: CommandGroup;
  /** Zag's notation: `e`, `Shift+E`, `g > i`, `mod+k`. */
  keys?: string;
  icon?: IconName;
  /** Further words by which it is found. */
  words?: string;
  run?: () => void;
  /** A step of choices instead of an action. */
  choices?: () => readonly Command[];
  /** Not offered in the command bar, as moving through a list. */
  hidden?: boolean;
}

const sets = signal<readonly (readonly Command[])[]>([]);

/** All that can be done now, in the order of the groups; the newest part of the page wins a key. */
export const commands = computed<readonly Command[]>(() => {
  const byId = new Map(sets.value.flat().map((command) => [command.id, command]));
  return COMMAND_GROUPS.flatMap((group) => [...byId.values()].filter((command) => command.group === group));
});

/** Keys that are a mere letter can be switched off in the profile (WCAG 2.1.4); those with Ctrl or ⌘ stay. */
export const lettersOff = computed(() => preference('letter_keys') === false);

/** Opens a choice in the command bar; {@link CommandBar} sets it. */
export const openChoices = signal<Command | null>(null);

export const isLetterKey = (keys: string): boolean => !/\b(mod|control|meta|alt)\b/i.test(keys);

/** Offers commands while the component is there. Give the same ones a stable `key`; a new key offers them anew. */
export function useCommands(list: readonly Command[], key: string): void {
  const newest = useRef(list);
  newest.current = list;
  useEffect(() => {
    const own = newest.current.map((command, index) => ({
      ...command,
      ...(command.run && { run: () => newest.current[index]?.run?.() }),
      ...(command.choices && { choices: () => newest.current[index]?.choices?.() ?? [] }),
    }));
    sets.value = [...sets.value, own];
    return () => {
      sets.value = sets.value.filter((set) => set !== own);
    };
  }, [key]);
}

export function runCommand(command: Command): void {
  if (command.choices) openChoices.value = command;
  else command.run?.();
}

/** A dialog or a menu that is open has the keyboard to itself. */
const isCovered = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

/** Listens to the keyboard for whatever is offered; fields keep their letters. @returns ends it */
export function followKeys(): () => void {
  const store = createHotkeyStore({ target: document, conflictBehavior: 'replace' });
  const end = commands.subscribe((offered) => {
    store.clear();
    store.register(
      offered.flatMap((command) =>
        command.keys === undefined
          ? []
          : [
              {
                id: command.id,
                hotkey: command.keys,
                label: command.label,
                enabled: () => !isCovered() && !(isLetterKey(command.keys!) && lettersOff.peek()),
                options: { preventDefault: true, enableOnFormTags: !isLetterKey(command.keys) },
                action: () => runCommand(command),
              },
            ],
      ),
    );
  });
  return () => {
    end();
    store.destroy();
  };
}
