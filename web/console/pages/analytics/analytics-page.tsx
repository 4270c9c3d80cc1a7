import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { showDay } from '../../format/show-time.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { analyticsCsv, analyticsRows } from './analytics-rows.ts';
import type { SpannedAnalytics } from './analytics-types.ts';
import { AnalyticsView } from './analytics-view.tsx';
import { RangeForm } from './range-form.tsx';
import { rangeOf } from './range-of.ts';

/** What came in, what became of it, how long it took and what people thought of it. */
export function AnalyticsPage() {
  const { query } = useLocation();
  const key = JSON.stringify(query);
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const range = useMemo(() => rangeOf(query, new Date(), own), [key]);
  const { loaded, reload } = useLoaded(key, (signal) =>
    call<SpannedAnalytics>('GET', '/api/v1/analytics', { query: { ...range }, signal }),
  );
  const save = (format: 'csv' | 'json') => {
    if (!loaded.value) return;
    const name = `analytics-${loaded.value.from.slice(0, 10)}-${loaded.value.to.slice(0, 10)}.${format}`;
    if (format === 'csv') saveFile(name, 'text/csv', analyticsCsv(analyticsRows(loaded.value)));
    else saveFile(name, 'application/json', JSON.stringify(loaded.value, null, 2));
  };
  return (
    <>
      <PageHeader
        title={translate('analytics.title')}
        detail={translate('analytics.span', { from: showDay(range.from), to: showDay(range.to) })}
      >
        <button type="button" class="button small" disabled={!loaded.value} onClick={() => save('csv')}>
          CSV
        </button>
        <button type="button" class="button small" disabled={!loaded.value} onClick={() => save('json')}>
          JSON
        </button>
      </PageHeader>
      <div class="page-body panels">
        <RangeForm query={query} zone={range.zone} />
        <LoadView loaded={loaded} reload={reload} rows={8}>
          {(analytics) => <AnalyticsView analytics={analytics} />}
        </LoadView>
      </div>
    </>
  );
}
