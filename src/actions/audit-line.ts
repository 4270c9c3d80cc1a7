import { createHash } from 'node:crypto';
import type { AuditEntry, AuditOutcome } from '../stores/contracts.ts';

/** Longest name kept of an action that does not exist, in characters. */
const NAME_CHARACTERS = 64;

/**
 * The audit line of a try. Of the input it holds the names of the fields and a SHA-256: what somebody claims to
 * have asked for can be compared with it, without a customer's words being kept in what is never removed.
 */
export function auditLine(
  {
    action,
    conversationId,
    input,
    id,
  }: { action: string; conversationId: string; input: unknown; id?: string },
  outcome: AuditOutcome,
  code: string | null = null,
): AuditEntry {
  const fields = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  fields.sort(([left], [right]) => (left < right ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
  return {
    actor: conversationId,
    action: action.slice(0, NAME_CHARACTERS),
    outcome,
    code,
    detail: { fields: fields.length, input_sha256: digest, ...(id === undefined ? {} : { pending: id }) },
  };
}
