import type { Job } from '../api/knowledge-types.ts';

/** Which of the console's colours says how a job stands; its state is written beside it. */
export function jobTone({
  state,
  failed,
}: Pick<Job, 'state' | 'failed'>): 'good' | 'info' | 'warning' | 'danger' {
  if (state === 'failed') return 'danger';
  if (state === 'completed') return failed > 0 ? 'warning' : 'good';
  return state === 'paused' || state === 'cancelled' ? 'warning' : 'info';
}

/** Of a file: 'searchable' is the mark of what is done. */
export function itemTone(state: string): 'good' | 'info' | 'warning' | 'danger' {
  if (state === 'failed') return 'danger';
  if (state === 'waiting') return 'info';
  return state === 'skipped' || state === 'cancelled' || state === 'removed' ? 'warning' : 'good';
}
