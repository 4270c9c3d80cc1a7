import { Empty } from '../../components/states.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';

export function TicketsPage() {
  return (
    <>
      <PageHeader title={translate('tickets.title')} />
      <Empty title={translate('tickets.title')} />
    </>
  );
}
