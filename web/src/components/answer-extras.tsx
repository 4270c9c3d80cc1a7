import type { Answer } from '../../../src/answer/answer-types.ts';
import type { Shop } from '../api/wire-types.ts';
import { ContactDetails } from './contact-details.tsx';
import { Feedback } from './feedback.tsx';
import { QuickReplies } from './quick-replies.tsx';

interface Props {
  answer: Answer;
  newest: boolean;
  shop: Shop | null;
  conversationId: string;
  onReply: (text: string) => void;
}

/** What a reader can do after an answer. */
export function AnswerExtras({ answer, newest, shop, conversationId, onReply }: Props) {
  const { outcome } = answer;
  const rateable = outcome === 'answered' || outcome === 'answered_with_caveat' || outcome === 'declined';
  return (
    <>
      {(outcome === 'declined' || outcome === 'handed_off') && (
        <ContactDetails shop={shop} after={answer.answer} />
      )}
      {newest && answer.quick_replies.length > 0 && (
        <QuickReplies replies={answer.quick_replies} onReply={onReply} />
      )}
      {rateable && <Feedback conversationId={conversationId} messageId={answer.message_id} />}
    </>
  );
}
