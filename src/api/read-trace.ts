import type { AnswerTrace } from '../answer/trace/trace-types.ts';
import type { App } from '../app.ts';
import { AnswerboxError } from '../errors.ts';
import type { TraceRecord } from '../stores/contracts.ts';

export type ReadTrace = Omit<TraceRecord, 'trace'> & { trace: AnswerTrace };

/** How an answer came about, with what the customer said of it. @throws trace_not_found */
export async function readTrace({ traces }: Pick<App, 'traces'>, messageId: string): Promise<ReadTrace> {
  const record = await traces.get(messageId);
  if (!record) throw new AnswerboxError('trace_not_found', { id: messageId });
  return { ...record, trace: JSON.parse(record.trace) as AnswerTrace };
}
