import { translate } from '../translate.ts';

interface Props {
  replies: string[];
  onReply: (text: string) => void;
}

export function QuickReplies({ replies, onReply }: Props) {
  return (
    <ul class="quick-replies" aria-label={translate('answer.quick_replies')}>
      {replies.map((reply) => (
        <li key={reply}>
          <button type="button" class="button pill" onClick={() => onReply(reply)}>
            {reply}
          </button>
        </li>
      ))}
    </ul>
  );
}
