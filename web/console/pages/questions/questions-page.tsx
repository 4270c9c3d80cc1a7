import { useState } from 'preact/hooks';
import type { AskedList } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { Field } from '../../components/field.tsx';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useAddressFilter } from '../../data/use-address-filter.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { AskedRow } from './asked-row.tsx';
import { TestQuestions } from './test-questions.tsx';
import '../../styles/panels.css';
import './questions.css';

const OUTCOMES = ['answered', 'answered_with_caveat', 'clarify', 'handed_off', 'declined'];
const PAGE = 50;

/** What customers asked and what became of it; each can be made a question that must be found from now on. */
export function QuestionsPage() {
  const [{ outcome = '' }, narrow] = useAddressFilter(['outcome']);
  const [made, setMade] = useState(0);
  const list = useCursorList(outcome, async (cursor, signal) => {
    const query = { limit: PAGE, before: cursor, outcome };
    const page = await call<AskedList>('GET', '/api/v1/knowledge/questions', { query, signal });
    return { items: page.questions, next: page.next_before === null ? null : String(page.next_before) };
  });
  const mark = (messageId: string) => {
    list.setItems((items) =>
      items.map((item) => (item.message_id === messageId ? { ...item, tested: true } : item)),
    );
    setMade((count) => count + 1);
  };
  return (
    <>
      <PageHeader title={translate('questions.title')}>
        <ExportLinks list="/api/v1/knowledge/questions" query={{ outcome }} />
      </PageHeader>
      <div class="questions-top">
        <TestQuestions key={made} onRemoved={list.reload} />
        <div class="toolbar">
          <Field label={translate('questions.outcome')}>
            <select value={outcome} onChange={({ currentTarget: { value } }) => narrow({ outcome: value })}>
              <option value="">{translate('documents.all')}</option>
              {OUTCOMES.map((name) => (
                <option key={name} value={name}>
                  {translateValue('outcome', name)}
                </option>
              ))}
            </select>
          </Field>
        </div>
      </div>
      {list.state === 'loading' && <Skeleton />}
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
      {list.state === 'ready' && list.items.length === 0 && (
        <Empty icon="search" title={translate('questions.none')} hint={translate('questions.none_hint')} />
      )}
      {list.items.length > 0 && (
        <VirtualList
          items={list.items}
          keyOf={(item) => item.message_id}
          rowHeight={64}
          label={translate('questions.title')}
          onEnd={list.loadMore}
          more={list.more}
          render={(item) => <AskedRow asked={item} onTested={() => mark(item.message_id)} />}
        />
      )}
    </>
  );
}
