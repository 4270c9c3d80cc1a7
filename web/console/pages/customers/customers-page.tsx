import { Empty } from '../../components/states.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';

export function CustomersPage() {
  return (
    <>
      <PageHeader title={translate('customers.title')} />
      <Empty title={translate('customers.title')} />
    </>
  );
}
