import { useState } from 'preact/hooks';
import type { Job } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { showCount } from '../../format/show-time.ts';
import { followedJobs } from '../../knowledge/job-list.ts';
import { translate } from '../../translate.ts';
import type { Filters } from './document-filters.tsx';

interface RereadButtonProps {
  filters: Filters;
  /** Documents that the filters find. */
  total: number;
}

/** Reads what is listed once more from its kept originals, after a look at how many that are. */
export function RereadButton({ filters, total }: RereadButtonProps) {
  const [asking, setAsking] = useState(false);
  const { collection, ...others } = filters;
  const begin = async () => {
    const body = { ...others, ...(collection && { source: collection }) };
    const job = await call<Job>('POST', '/api/v1/documents/reread', { body });
    tell(translate('reread.begun', { count: showCount(job.total) }));
    followedJobs.reload();
  };
  return (
    <>
      <button type="button" class="button" disabled={total === 0} onClick={() => setAsking(true)}>
        {translate('reread.action')}
      </button>
      {asking && (
        <ConfirmDialog
          title={translate('reread.title', { count: showCount(total) })}
          text={translate('reread.text')}
          action={translate('reread.action')}
          isHarmless
          onConfirm={begin}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
