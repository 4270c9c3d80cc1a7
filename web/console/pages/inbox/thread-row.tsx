import type { Thread } from '../../api/wire-types.ts';
import { Avatar } from '../../components/avatar.tsx';
import { ThreadStateBadge } from '../../components/state-badge.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { staffName } from '../../data/staff.ts';
import { translate } from '../../translate.ts';

interface ThreadRowProps {
  thread: Thread;
  address: string;
  open: boolean;
  onFocus: () => void;
}

export function ThreadRow({ thread, address, open, onFocus }: ThreadRowProps) {
  const assignee = staffName(thread.assignee_id);
  const from =
    thread.last_role === 'staff' || thread.last_role === 'assistant' ? translate('inbox.answered') : '';
  return (
    <a
      href={address}
      class="thread-row"
      data-thread={thread.id}
      data-unread={thread.unread}
      {...(open && { 'aria-current': 'true' as const })}
      onFocus={onFocus}
    >
      <span class="thread-row-top">
        {thread.unread && <span class="unread-dot" role="img" aria-label={translate('inbox.unread')} />}
        <strong>{thread.subject || translate('thread.untitled')}</strong>
        <RelativeTime at={thread.updated_at} />
      </span>
      <span class="thread-row-text">
        {from} {thread.last_text}
      </span>
      <span class="thread-row-facts">
        <ThreadStateBadge state={thread.state} />
        {thread.ticket !== null && <span>#{thread.ticket}</span>}
        {thread.tags.slice(0, 2).map((tag) => (
          <span key={tag} class="badge">
            {tag}
          </span>
        ))}
        {assignee !== null && (
          <span class="thread-row-assignee" title={assignee}>
            <Avatar name={assignee} small />
            <span class="visually-hidden">{translate('inbox.assigned', { name: assignee })}</span>
          </span>
        )}
      </span>
    </a>
  );
}
