import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { CommandBar } from '../command-bar/command-bar.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { followDesk } from '../data/desk-events.ts';
import { loadCategories } from '../data/categories.ts';
import { loadStaff } from '../data/staff.ts';
import { loadTeams } from '../data/teams.ts';
import { followKeys, openChoices, useCommands } from '../hotkeys/commands.ts';
import { KeySheet } from '../hotkeys/key-sheet.tsx';
import { pageAddress, type ConsolePage } from '../pages.ts';
import { may, signOut } from '../session/session.ts';
import { translate } from '../translate.ts';
import { chooseTheme, THEMES } from './theme.ts';

/** What every page has: keys and commands that lead around, the command bar, the sheet, and the live line. */
export function ShellCommands({ pages }: { pages: readonly ConsolePage[] }) {
  const { route } = useLocation();
  const [shown, setShown] = useState<'bar' | 'sheet' | null>(null);
  useEffect(() => {
    const ends = [followKeys()];
    if (may('desk.read')) {
      ends.push(followDesk());
      loadStaff().catch(tellFailure);
      loadTeams().catch(tellFailure);
      loadCategories().catch(tellFailure);
    }
    return () => ends.forEach((end) => end());
  }, []);
  const choices = openChoices.value;
  useEffect(() => {
    if (choices) setShown('bar');
  }, [choices]);

  useCommands(
    [
      ...pages
        .filter(({ group }) => group !== null)
        .map((page) => ({
          id: `go-${page.name}`,
          label: translate('command.go_to', { page: translate(page.title) }),
          group: 'go' as const,
          icon: page.icon,
          ...(page.keys && { keys: page.keys.split(' ').join(' > ') }),
          run: () => route(pageAddress(page)),
        })),
      {
        id: 'command-bar',
        label: translate('command.title'),
        group: 'general',
        keys: 'mod+k',
        hidden: true,
        run: () => setShown('bar'),
      },
      {
        id: 'key-sheet',
        label: translate('keys.title'),
        group: 'general',
        keys: '?',
        icon: 'command',
        run: () => setShown('sheet'),
      },
      {
        id: 'theme',
        label: translate('theme.choose'),
        group: 'general',
        icon: 'sun',
        choices: () =>
          THEMES.map((theme) => ({
            id: `theme-${theme}`,
            label: translate(`theme.${theme}`),
            group: 'general' as const,
            run: () => void chooseTheme(theme).catch(tellFailure),
          })),
      },
      {
        id: 'sign-out',
        label: translate('shell.sign_out'),
        group: 'general',
        icon: 'back',
        run: () => void signOut().catch(tellFailure),
      },
    ],
    pages.map(({ name }) => name).join(),
  );

  const close = () => {
    openChoices.value = null;
    setShown(null);
  };
  if (shown === 'bar') return <CommandBar key={choices?.id ?? ''} onClose={close} />;
  return shown === 'sheet' ? <KeySheet onClose={close} /> : null;
}
