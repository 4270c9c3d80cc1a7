import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { AnswerboxError } from '../errors.ts';
import { PUBLIC_AUDIENCE, type DocumentRecord } from '../stores/contracts.ts';
import type { StaffCheck } from './plugins/staff-access.ts';

export interface SourceParts {
  app: Pick<App, 'knowledge'>;
  staff: StaffCheck;
  request: FastifyRequest;
}

/**
 * What a citation leads to, for whoever asks. An id is reckoned from the source's name and can be guessed: it opens
 * to everyone what customers are answered from, and the rest to those who may read the knowledge.
 * @throws document_not_found also for what is not to be seen: a stranger need not learn that it is there
 */
export async function readSource(
  id: string,
  { app, staff, request }: SourceParts,
): Promise<{ document: DocumentRecord; text: string }> {
  const document = await app.knowledge.getDocument(id);
  const text = await app.knowledge.getText(id);
  if (!document || text === null) throw new AnswerboxError('document_not_found', { id });
  if (!answersCustomers(document, new Date()) && !(await staff.may(request, 'knowledge.read')))
    throw new AnswerboxError('document_not_found', { id });
  return { document, text };
}

/** As retrieval's filter has it. */
export function answersCustomers(document: DocumentRecord, now: Date): boolean {
  const { audience, validFrom, validUntil, disabled } = document;
  const at = now.toISOString();
  const holds = (validFrom === null || validFrom <= at) && (validUntil === null || validUntil > at);
  return audience === PUBLIC_AUDIENCE && holds && disabled !== true;
}
