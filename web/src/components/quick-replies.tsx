import { translate } from '../translate.ts';

interface Props {
  replies: string[];
  onAsk: (text: string) => void;
}

export function QuickReplies({ replies, onAsk }: Props) {
  return (
    <ul class="quick-replies" aria-label={translate('answer.quick_replies')}>
      {replies.map((reply) => (
        <li key={reply}>
          <button type="button" class="button pill" onClick={() => onAsk(reply)}>
            {reply}
          </button>
        </li>
      ))}
    </ul>
  );
}
