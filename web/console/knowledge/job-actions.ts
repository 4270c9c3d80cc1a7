import { call } from '../api/request.ts';

const address = (id: string, verb: string): string => `/api/v1/jobs/${encodeURIComponent(id)}/${verb}`;

export const pauseJob = (id: string): Promise<unknown> => call('POST', address(id, 'pause'));
export const resumeJob = (id: string): Promise<unknown> => call('POST', address(id, 'resume'));
export const cancelJob = (id: string): Promise<unknown> => call('POST', address(id, 'cancel'));
/** One file, or all that failed. */
export const retryJob = (id: string, ordinal?: number): Promise<{ retried: number }> =>
  call('POST', address(id, 'retry'), { body: ordinal === undefined ? {} : { ordinal } });

export const isOpenJob = ({ state }: { state: string }): boolean =>
  state === 'waiting' || state === 'running' || state === 'paused';
