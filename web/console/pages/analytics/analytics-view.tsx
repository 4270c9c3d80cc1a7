import { Figures } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { PlotPanel } from '../../components/plot-panel.tsx';
import { showDuration } from '../../format/show-duration.ts';
import { showCount, showShare } from '../../format/show-time.ts';
import { translate, translateValue } from '../../translate.ts';
import type { SpannedAnalytics } from './analytics-types.ts';
import { ResponseAndRatings } from './response-and-ratings.tsx';

export function AnalyticsView({ analytics }: { analytics: SpannedAnalytics }) {
  const { volume, resolution, subjects, handover_reasons: reasons, gaps, compute } = analytics;
  const share = (count: number) =>
    showShare(volume.conversations === 0 ? null : count / volume.conversations);
  const seconds = (value: number | null) => (value === null ? '–' : showDuration(value));
  return (
    <>
      <Figures
        figures={[
          { name: translate('analytics.conversations'), value: showCount(volume.conversations) },
          { name: translate('analytics.messages'), value: showCount(volume.messages) },
          { name: translate('analytics.tickets'), value: showCount(volume.tickets) },
          {
            name: translate('analytics.answered'),
            value: showCount(resolution.answered_by_assistant),
            detail: share(resolution.answered_by_assistant),
          },
          {
            name: translate('analytics.not_reopened'),
            value: showCount(resolution.not_reopened),
            detail: share(resolution.not_reopened),
          },
          {
            name: translate('analytics.handed_over'),
            value: showCount(resolution.handed_over),
            detail: share(resolution.handed_over),
          },
          { name: translate('analytics.declined'), value: showCount(resolution.declined) },
          {
            name: translate('analytics.compute'),
            value: seconds(compute.seconds_per_answer_p50),
            detail: translate('analytics.compute_detail', {
              p95: seconds(compute.seconds_per_answer_p95),
              total: showDuration(compute.total_seconds),
            }),
          },
        ]}
      />
      <PlotPanel
        title={translate('analytics.volume')}
        nameTitle={translate('analytics.day')}
        kind="line"
        names={volume.by_day.map(({ day }) => day)}
        series={[
          {
            name: translate('analytics.conversations'),
            values: volume.by_day.map(({ conversations }) => conversations),
          },
          { name: translate('analytics.tickets'), values: volume.by_day.map(({ tickets }) => tickets) },
        ]}
      />
      <PlotPanel
        title={translate('analytics.subjects')}
        hint={translate('analytics.subjects_hint')}
        nameTitle={translate('analytics.subject')}
        kind="bars"
        names={subjects.map(({ name }) => name.replaceAll('_', ' '))}
        series={[{ name: translate('analytics.now'), values: subjects.map(({ count }) => count) }]}
        tableOnly={[{ name: translate('analytics.before'), values: subjects.map(({ before }) => before) }]}
      />
      <PlotPanel
        title={translate('analytics.reasons')}
        nameTitle={translate('analytics.reason')}
        kind="bars"
        names={reasons.map(({ reason }) => translateValue('handover_reason', reason))}
        series={[{ name: translate('analytics.count'), values: reasons.map(({ count }) => count) }]}
      />
      <ResponseAndRatings analytics={analytics} />
      <Panel title={translate('analytics.gaps')} detail={gaps.length} hint={translate('analytics.gaps_hint')}>
        <ul class="rows">
          {gaps.map(({ question, count }) => (
            <li key={question}>
              <div class="row-line">
                <span class="row-name">{question}</span>
                <span class="muted">{translate('gaps.asked', { count })}</span>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
