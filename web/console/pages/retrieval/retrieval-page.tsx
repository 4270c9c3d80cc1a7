import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { SearchResult } from '../../api/knowledge-types.ts';
import type { SearchWeights } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { retrievalAddress } from '../../data/knowledge-addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { TestQuestions } from '../questions/test-questions.tsx';
import { FoundPassages } from './found-passages.tsx';
import { RetrievalFilters, type SearchFilter } from './retrieval-filters.tsx';
import { WeightsPanel } from './weights-panel.tsx';
import { WhyNotPanel } from './why-not-panel.tsx';
import './retrieval.css';

const SHOWN = 20;

/** What a question finds, with the score of every stage; and why a document is not among it. */
export function RetrievalPage() {
  const { query, route } = useLocation();
  const asked = query['q'] ?? '';
  const [filter, setFilter] = useState<SearchFilter>({});
  const [kept, setKept] = useState(0);
  const [tried, setTried] = useState<SearchWeights | null>(null);
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const words = new FormData(event.currentTarget).get('q');
    if (typeof words === 'string' && words.trim() !== '') route(retrievalAddress(words.trim()), true);
  };
  return (
    <>
      <PageHeader title={translate('retrieval.title')} />
      <div class="page-body panels">
        <search>
          <form class="toolbar" onSubmit={submit}>
            <label class="field grows">
              <span class="field-label">{translate('retrieval.question')}</span>
              <input key={asked} name="q" type="search" required maxLength={4000} defaultValue={asked} />
            </label>
            <RetrievalFilters filter={filter} onChange={setFilter} />
            <button type="submit" class="button primary">
              {translate('retrieval.search')}
            </button>
          </form>
        </search>
        {asked === '' ? (
          <Empty
            icon="search"
            title={translate('retrieval.empty')}
            hint={translate('retrieval.empty_hint')}
          />
        ) : (
          <Results
            key={`${asked} ${JSON.stringify([filter, tried])}`}
            asked={asked}
            filter={filter}
            onKept={() => setKept(kept + 1)}
            tried={tried}
          />
        )}
        <TestQuestions key={kept} onRemoved={() => undefined} />
        {may('settings.write') && <WeightsPanel tried={tried} onTry={setTried} />}
      </div>
    </>
  );
}

interface ResultsProps {
  asked: string;
  filter: SearchFilter;
  onKept: () => void;
  tried: SearchWeights | null;
}

function Results({ asked, filter, tried, onKept }: ResultsProps) {
  const { loaded, reload } = useLoaded(asked, (signal) =>
    call<SearchResult>('POST', '/api/v1/search', {
      body: { query: asked, limit: SHOWN, filter, ...(tried && { settings: tried }) },
      signal,
    }),
  );
  return (
    <LoadView loaded={loaded} reload={reload}>
      {(result) => (
        <>
          <Panel
            title={translate('retrieval.found')}
            detail={translate('retrieval.took', {
              count: result.results.length,
              retrieve: Math.round(result.timings_ms.retrieve),
              rerank: Math.round(result.timings_ms.rerank),
            })}
            hint={translate(result.keywords_only ? 'retrieval.keywords_only' : 'retrieval.stages')}
          >
            {result.results.length === 0 ? (
              <p class="muted">{translate('retrieval.nothing')}</p>
            ) : (
              <FoundPassages results={result.results} question={asked} onKept={onKept} />
            )}
          </Panel>
          <WhyNotPanel question={asked} tried={tried} filter={filter} />
        </>
      )}
    </LoadView>
  );
}
