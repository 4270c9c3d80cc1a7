import { useState } from 'preact/hooks';
import type { HealthState } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useAction } from '../../components/use-action.ts';
import { usePolled } from '../../data/use-polled.ts';
import { showCount, showTime } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { Gaps } from './gaps.tsx';
import { NearDuplicates } from './near-duplicates.tsx';
import { ReportView } from './report-view.tsx';
import './knowledge-health.css';

const ADDRESS = '/api/v1/knowledge/health';
const LOOK_MS = 2_000;

/** What the documents lack, repeat, or say twice in different ways. */
export function KnowledgeHealthPage() {
  const { busy, run } = useAction();
  const [showing, setShowing] = useState(false);
  const { loaded, reload } = usePolled(`health ${showing}`, LOOK_MS, (signal) =>
    call<HealthState>('GET', ADDRESS, { query: { dismissed: showing || null }, signal }),
  );
  const act = (method: 'POST' | 'DELETE') =>
    run(async () => {
      await call(method, ADDRESS);
      reload();
    });
  const running = loaded.value?.running ?? false;
  return (
    <>
      <PageHeader title={translate('knowledge_health.title')} detail={detailOf(loaded.value)}>
        <ExportLinks list={ADDRESS} />
        {may('knowledge.write') && (
          <button
            type="button"
            class={running ? 'button' : 'button primary'}
            disabled={busy}
            onClick={() => act(running ? 'DELETE' : 'POST')}
          >
            {translate(running ? 'knowledge_health.stop' : 'knowledge_health.check')}
          </button>
        )}
      </PageHeader>
      {/* Where nothing was found there is nothing to press in it, and it is scrolled by the keyboard all the same. */}
      <div
        class="page-body panels"
        role="region"
        aria-label={translate('knowledge_health.title')}
        tabIndex={0}
      >
        <LoadView loaded={loaded} reload={reload}>
          {({ report, gaps, failure }) => (
            <>
              {failure !== null && (
                <p class="form-error" role="alert">
                  {translate('knowledge_health.failed', { reason: failure })}
                </p>
              )}
              <Gaps gaps={gaps} onChanged={reload} />
              <NearDuplicates />
              {report ? (
                <>
                  {(report.dismissed > 0 || showing) && (
                    <label class="check-line">
                      <input
                        type="checkbox"
                        checked={showing}
                        onChange={({ currentTarget: { checked } }) => setShowing(checked)}
                      />
                      {translate('finding.show_dismissed', { count: report.dismissed })}
                    </label>
                  )}
                  <ReportView report={report} onChanged={reload} />
                </>
              ) : (
                <Empty
                  icon="health"
                  title={translate('knowledge_health.never')}
                  hint={translate('knowledge_health.never_hint')}
                />
              )}
            </>
          )}
        </LoadView>
      </div>
    </>
  );
}

function detailOf(state: HealthState | null): string | undefined {
  if (state?.running)
    return translate('knowledge_health.running', { step: translateValue('health_step', state.step ?? '') });
  if (!state?.report) return undefined;
  const { documents, passages, checked_at: at } = state.report;
  return translate('knowledge_health.checked', {
    documents: showCount(documents),
    passages: showCount(passages),
    time: showTime(at),
  });
}
