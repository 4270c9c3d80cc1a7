import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import { PAGE_GROUPS, pageAddress, type ConsolePage } from '../pages.ts';
import { translate } from '../translate.ts';
import { UserMenu } from './user-menu.tsx';

/** Pages by group, at the side; a sheet behind a button on narrow screens. */
export function Navigation({ pages }: { pages: readonly ConsolePage[] }) {
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  return (
    <header class="navigation" data-open={open}>
      <div class="navigation-bar">
        <button
          type="button"
          class="button icon-only narrow-only"
          aria-expanded={open}
          aria-controls="navigation"
          aria-label={translate('shell.menu')}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
        </button>
        <span class="wordmark">Answerbox</span>
      </div>
      <div class="navigation-sheet" id="navigation">
        <nav aria-label={translate('shell.navigation')}>
          {PAGE_GROUPS.map((group) => {
            const own = pages.filter((page) => page.group === group);
            return own.length === 0 ? null : (
              <section key={group}>
                <h2>{translate(`group.${group}`)}</h2>
                <ul>
                  {own.map((page) => (
                    <NavigationLink key={page.name} page={page} path={path} />
                  ))}
                </ul>
              </section>
            );
          })}
        </nav>
        <UserMenu />
      </div>
    </header>
  );
}

function NavigationLink({ page, path }: { page: ConsolePage; path: string }) {
  const address = pageAddress(page);
  const current = path === address || path.startsWith(`${address}/`);
  return (
    <li>
      <a href={address} class="navigation-link" {...(current && { 'aria-current': 'page' as const })}>
        <Icon name={page.icon} />
        <span>{translate(page.title)}</span>
        {page.keys && <kbd aria-hidden="true">{page.keys}</kbd>}
      </a>
    </li>
  );
}
