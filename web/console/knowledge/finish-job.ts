import type { WholeJob } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { translate } from '../translate.ts';
import { followJob } from './follow-job.ts';

/**
 * Waits for a job of one file. @returns what came of the file
 * @throws Error with the reason when it failed
 */
export async function finishJob(id: string): Promise<string> {
  await new Promise<void>((resolve) => {
    const nothing = (): void => undefined;
    followJob(id, { onJob: nothing, onItem: nothing, onEnd: resolve });
  });
  const { items } = await call<WholeJob>('GET', `/api/v1/jobs/${encodeURIComponent(id)}`);
  const item = items[0];
  if (!item || item.state === 'failed' || item.state === 'cancelled')
    throw new Error(item?.message ?? translate('error.unknown'));
  return item.state;
}
