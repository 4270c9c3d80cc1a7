import { Icon } from '../../components/icon.tsx';
import { BASE } from '../../data/addresses.ts';
import { teams } from '../../data/teams.ts';
import { translate } from '../../translate.ts';
import { iconOf, nameOf, viewOfTeam, VIEWS, type View } from './views.ts';

interface ViewListProps {
  current: View;
  counts: Readonly<Record<string, number>>;
  /** The search, as the end of an address. */
  rest: string;
}

/** The queues, those of teams last, with how many threads lie in each. */
export function ViewList({ current, counts, rest }: ViewListProps) {
  return (
    <nav class="views" aria-label={translate('inbox.views')}>
      <ul>
        {[...VIEWS, ...teams.value.map(({ id }) => viewOfTeam(id))].map((view) => (
          <li key={view}>
            <a
              href={`${BASE}/inbox/${view}${rest}`}
              class="view-link"
              {...(view === current && { 'aria-current': 'true' as const })}
            >
              <Icon name={iconOf(view)} />
              <span>{nameOf(view)}</span>
              {counts[view] !== undefined && <span class="count">{counts[view]}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
