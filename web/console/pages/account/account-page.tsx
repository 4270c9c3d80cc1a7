import { session } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { HabitsPanel } from './habits-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** What everybody sets for themselves: how they sign in, where they are signed in, how the keys work. */
export function AccountPage() {
  const user = session.value?.user;
  if (!user) return null;
  return (
    <>
      <PageHeader
        title={translate('account.title')}
        detail={`${user.name} · ${user.email} · ${translateValue('role', user.role)}`}
      />
      <div class="page-body panels">
        <HabitsPanel />
        <SecondFactorPanel />
        <PasswordPanel />
        <SessionsPanel />
      </div>
    </>
  );
}
