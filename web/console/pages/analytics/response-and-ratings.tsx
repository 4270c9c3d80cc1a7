import { Figures } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { PlotPanel } from '../../components/plot-panel.tsx';
import { showDuration } from '../../format/show-duration.ts';
import { showCount, showShare } from '../../format/show-time.ts';
import { translate } from '../../translate.ts';
import type { SpannedAnalytics } from './analytics-types.ts';

/** How long people waited, how they rated it, and whether the drafts were of use. */
export function ResponseAndRatings({ analytics }: { analytics: SpannedAnalytics }) {
  const { response, csat, ratings, drafts } = analytics;
  const time = (seconds: number | null) => (seconds === null ? '–' : showDuration(seconds));
  const due = response.sla_met + response.sla_missed;
  return (
    <>
      <Panel title={translate('analytics.response')}>
        <Figures
          figures={[
            {
              name: translate('analytics.first_response'),
              value: time(response.first_p50_s),
              detail: translate('analytics.p90', { time: time(response.first_p90_s) }),
            },
            { name: translate('analytics.resolution'), value: time(response.resolution_p50_s) },
            {
              name: translate('analytics.in_time'),
              value: showShare(due === 0 ? null : response.sla_met / due),
              detail: translate('analytics.missed', { count: response.sla_missed }),
            },
            { name: translate('analytics.helpful'), value: showCount(ratings.up) },
            { name: translate('analytics.not_helpful'), value: showCount(ratings.down) },
          ]}
        />
      </Panel>
      <Panel title={translate('analytics.drafts')} hint={translate('analytics.drafts_hint')}>
        <Figures
          figures={[
            { name: translate('analytics.drafts_shown'), value: showCount(drafts.shown) },
            {
              name: translate('analytics.drafts_inserted'),
              value: showCount(drafts.inserted),
              detail: showShare(drafts.shown === 0 ? null : drafts.inserted / drafts.shown),
            },
            { name: translate('analytics.drafts_sent'), value: showCount(drafts.sent) },
            { name: translate('analytics.drafts_edited'), value: showShare(drafts.median_edited_share) },
            { name: translate('analytics.drafts_good'), value: showCount(drafts.up) },
            { name: translate('analytics.drafts_bad'), value: showCount(drafts.down) },
          ]}
        />
      </Panel>
      <PlotPanel
        title={translate('analytics.csat')}
        hint={translate('analytics.csat_hint', {
          count: csat.count,
          mean: csat.mean === null ? '–' : csat.mean.toFixed(2),
        })}
        nameTitle={translate('analytics.rating')}
        kind="bars"
        names={csat.count === 0 ? [] : ['1', '2', '3', '4', '5']}
        series={[{ name: translate('analytics.count'), values: csat.by_rating }]}
      />
    </>
  );
}
