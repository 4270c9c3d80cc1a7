import { useLocation, useRoute } from 'preact-iso';
import { ExportLinks } from '../../components/export-links.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Empty } from '../../components/states.tsx';
import { Conversation } from '../../conversation/conversation.tsx';
import { resolving } from '../../conversation/thread-actions.ts';
import { BASE, threadAddress } from '../../data/addresses.ts';
import { useAddressFilter } from '../../data/use-address-filter.ts';
import { liveState } from '../../data/desk-events.ts';
import { useListCommands } from '../../hotkeys/use-list-commands.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { ThreadList } from './thread-list.tsx';
import { useInbox } from './use-inbox.ts';
import { ViewList } from './view-list.tsx';
import { isView, queryOf } from './views.ts';
import './inbox.css';
import '../../conversation/conversation.css';

/** Views, list, conversation: each state of the three has an address. */
export function InboxPage() {
  const { params } = useRoute();
  const { route } = useLocation();
  const view = isView(params['view']) ? params['view'] : 'open';
  const openId = params['thread'];
  const [{ q: search = '' }, narrow, rest] = useAddressFilter(['q']);
  const { list, counts } = useInbox(view, search);
  const threads = view === 'all' ? list.items : list.items.filter(({ id }) => !resolving.value.has(id));
  const [cursor, setCursor] = useListCommands({
    name: `inbox ${view}`,
    length: threads.length,
    rowOf: (index) =>
      document.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threads[index]?.id ?? '')}"]`),
  });
  const toList = () => route(`${BASE}/inbox/${view}${rest}`);
  const next = () => {
    const index = threads.findIndex(({ id }) => id === openId);
    const following = threads[index + 1] ?? threads[index - 1];
    if (following) route(threadAddress(following.id, view) + rest);
    else toList();
  };

  return (
    <div class="inbox" data-open={openId !== undefined}>
      <div class="inbox-side">
        <PageHeader
          title={translate('inbox.title')}
          detail={
            liveState.value === 'lost' ? (
              <span class="badge badge-warning" role="status">
                {translate('live.lost')}
              </span>
            ) : undefined
          }
        >
          <ExportLinks list="/api/v1/threads" query={{ ...queryOf(view), q: search }} />
        </PageHeader>
        <ViewList current={view} counts={counts} rest={rest} />
        <div class="inbox-search">
          <SearchField label={translate('inbox.search')} value={search} onSearch={(q) => narrow({ q })} />
        </div>
        <ThreadList
          list={list}
          threads={threads}
          view={view}
          search={search}
          rest={rest}
          openId={openId}
          cursor={cursor}
          onCursor={setCursor}
        />
      </div>
      <div class="inbox-main">
        {openId === undefined ? (
          <Empty icon="inbox" title={translate('inbox.choose')} hint={translate('inbox.choose_hint')} />
        ) : (
          <Conversation key={openId} id={openId} onBack={toList} onNext={next} />
        )}
      </div>
    </div>
  );
}
