import { AnswerboxError } from '../errors.ts';
import type { AuditHead, AuditStore } from '../stores/contracts.ts';
import type { UserRecord } from '../stores/staff-contracts.ts';
import { AUDIT } from './audit-settings.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** All lines after this one, in order, as JSON Lines, each with its hash: anybody can compute the chain again. */
export async function* exportLines(store: AuditStore, from = 0): AsyncGenerator<string> {
  for (let after = from; ;) {
    const lines = await store.export({ after, limit: AUDIT.exportPage });
    if (lines.length === 0) return;
    yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    after = lines.at(-1)!.sequence;
  }
}

/** Names of users by the actor that the audit knows them as. */
export async function personsOf(
  users: readonly UserRecord[],
  pseudonyms: Pseudonyms,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { id, name } of users) names.set(`person ${await pseudonyms.of(id)}`, name);
  return names;
}

/** A head as it is printed: SEQUENCE:HASH. @throws request_invalid */
export function readHead(text: string): AuditHead {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new AnswerboxError('request_invalid', {
      reason:
        'a head of the audit is its number, a colon and 64 characters, as "answerbox audit head" prints it',
    });
  return { sequence: Number(sequence), hash };
}

export function printHead(head: AuditHead | null): string {
  return head === null ? 'no line yet' : `${head.sequence}:${head.hash}`;
}
