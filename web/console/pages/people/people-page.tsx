import { may } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { KeysPanel } from './keys-panel.tsx';
import { UsersPanel } from './users-panel.tsx';

/** Who may sign in, and which programs may call. */
export function PeoplePage() {
  return (
    <>
      <PageHeader title={translate('people.title')} />
      <div class="page-body panels">
        <UsersPanel />
        {may('keys.manage') && <KeysPanel />}
      </div>
    </>
  );
}
