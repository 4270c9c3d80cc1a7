import { Empty } from '../../components/states.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';

export function InboxPage() {
  return (
    <>
      <PageHeader title={translate('inbox.title')} />
      <Empty title={translate('inbox.title')} />
    </>
  );
}
