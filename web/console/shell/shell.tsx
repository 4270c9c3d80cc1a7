import { ErrorBoundary, LocationProvider, Route, Router } from 'preact-iso';
import { useState } from 'preact/hooks';
import { Empty, Failure } from '../components/states.tsx';
import { BASE } from '../data/addresses.ts';
import { PAGES } from '../pages.ts';
import { may } from '../session/session.ts';
import { translate } from '../translate.ts';
import { FaultNotice } from './fault-notice.tsx';
import { Home } from './home.tsx';
import { MentionNotice } from './mention-notice.ts';
import { Navigation } from './navigation.tsx';
import { ShellCommands } from './shell-commands.tsx';

/** The console of whoever is signed in: navigation, and the page that the address names. */
export function Shell() {
  const [failure, setFailure] = useState<unknown>(null);
  const allowed = PAGES.filter(({ permission }) => permission === null || may(permission));
  return (
    <LocationProvider scope={BASE}>
      <div class="shell">
        <a class="skip-link" href="#page">
          {translate('shell.skip')}
        </a>
        <Navigation pages={allowed} />
        <ShellCommands pages={allowed} />
        <MentionNotice />
        <main id="page" class="page" tabIndex={-1}>
          <FaultNotice />
          {failure !== null ? (
            <Failure error={failure} onRetry={() => location.reload()} />
          ) : (
            <ErrorBoundary onError={setFailure}>
              <Router>
                {allowed.map(({ name, path, component }) => (
                  <Route key={name} path={BASE + path} component={component} />
                ))}
                <Route path={BASE} component={Home} />
                <Route default component={NotHere} />
              </Router>
            </ErrorBoundary>
          )}
        </main>
      </div>
    </LocationProvider>
  );
}

function NotHere() {
  return (
    <Empty icon="search" title={translate('shell.not_here')} hint={translate('shell.not_here_hint')}>
      <a class="button" href={BASE}>
        {translate('shell.home')}
      </a>
    </Empty>
  );
}
