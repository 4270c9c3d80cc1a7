import { Empty } from '../../components/states.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';

export function TicketPage() {
  return (
    <>
      <PageHeader title={translate('ticket.title')} />
      <Empty title={translate('ticket.title')} />
    </>
  );
}
