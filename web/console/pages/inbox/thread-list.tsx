import type { Thread } from '../../api/wire-types.ts';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import type { CursorList } from '../../data/use-cursor-list.ts';
import { translate } from '../../translate.ts';
import { ThreadRow } from './thread-row.tsx';
import { threadAddress } from '../../data/addresses.ts';
import { hintOf, nameOf, type View } from './views.ts';

interface ThreadListProps {
  list: CursorList<Thread>;
  threads: readonly Thread[];
  view: View;
  search: string;
  /** The search, as the end of an address. */
  rest: string;
  openId: string | undefined;
  cursor: number;
  onCursor: (index: number) => void;
}

const ROW_HEIGHT = 84;

export function ThreadList({ list, threads, view, search, rest, openId, cursor, onCursor }: ThreadListProps) {
  if (list.state === 'failed') return <Failure error={list.error} onRetry={list.reload} />;
  if (list.state === 'loading') return <Skeleton rows={10} />;
  if (threads.length === 0)
    return search === '' ? (
      <Empty title={translate('inbox.empty')} hint={hintOf(view)} />
    ) : (
      <Empty icon="search" title={translate('list.none_found')} hint={translate('list.other_words')} />
    );
  return (
    <VirtualList
      label={nameOf(view)}
      items={threads}
      keyOf={({ id }) => id}
      rowHeight={ROW_HEIGHT}
      more={list.more}
      onEnd={list.loadMore}
      shown={cursor}
      render={(thread, index) => (
        <ThreadRow
          address={threadAddress(thread.id, view) + rest}
          thread={thread}
          open={thread.id === openId}
          onFocus={() => onCursor(index)}
        />
      )}
    />
  );
}
