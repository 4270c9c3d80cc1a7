import type { HandoverReason } from '../../stores/ticket-contracts.ts';
import type { LiveReply } from '../live/live-types.ts';
import type { EarlierTurns } from './earlier-turns.ts';
import { HANDING_OVER } from './decide-settings.ts';

/**
 * Why a person takes over instead of this live reply; null when it stands. The same question is not put to a
 * customer twice in a row, and who got no answer the last time either is not left alone with a second refusal. A
 * question for another missing piece (first the order's number, then its e-mail address) is progress.
 */
export function handOverInstead(
  reply: Pick<LiveReply, 'outcome' | 'text' | 'reason'>,
  before: Pick<EarlierTurns, 'clarified' | 'unanswered' | 'lastReply'>,
): HandoverReason | null {
  if (reply.outcome === 'clarify')
    return before.clarified && before.lastReply === reply.text ? 'pending_clarification' : null;
  if (reply.outcome === 'declined' && before.unanswered + 1 >= HANDING_OVER.unanswered)
    return reply.reason ?? 'missing_knowledge';
  return null;
}
