import { useLocation } from 'preact-iso';
import { Avatar } from '../components/avatar.tsx';
import { Menu } from '../components/menu.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { BASE } from '../data/addresses.ts';
import { session, signOut } from '../session/session.ts';
import { translate, translateValue } from '../translate.ts';
import { chooseTheme, theme, THEMES, type Theme } from './theme.ts';

const ICONS = { system: 'settings', light: 'sun', dark: 'moon' } as const;

/** Who is signed in, their account, the theme, and the way out. */
export function UserMenu() {
  const { route } = useLocation();
  const user = session.value?.user;
  if (!user) return null;
  const select = (value: string) => {
    if (value === 'account') return route(`${BASE}/account`);
    const done = value === 'sign-out' ? signOut() : chooseTheme(value as Theme);
    done.catch(tellFailure);
  };
  return (
    <Menu
      class="user-button"
      trigger={
        <>
          <Avatar name={user.name} />
          <span class="user-name">
            {user.name}
            <small>{translateValue('role', user.role)}</small>
          </span>
        </>
      }
      items={[
        ...THEMES.map((value) => ({
          value,
          label: translate(`theme.${value}`),
          icon: ICONS[value],
          checked: theme.value === value,
        })),
        { value: 'account', label: translate('account.title'), icon: 'person' as const },
        { value: 'sign-out', label: translate('shell.sign_out'), icon: 'back' as const },
      ]}
      onSelect={select}
    />
  );
}
