import { useState } from 'preact/hooks';
import type { RatePreview, SettingsState, Share } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { showShare } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { rateDifference } from './rate-difference.ts';

interface ErrorRatePanelProps {
  preview: RatePreview;
  inForce: SettingsState['error_rate'];
  onChanged: (state: SettingsState) => void;
}

const share = (value: Share | null) =>
  value === null ? (
    '–'
  ) : (
    <>
      {showShare(value.share)}{' '}
      <small class="muted wide-only">
        {translate('rate.interval', { low: showShare(value.low), high: showShare(value.high) })}
      </small>
    </>
  );

/** What each rate does to answers and hand-overs, before it is chosen; chosen, it holds from the next question on. */
export function ErrorRatePanel({ preview, inForce, onChanged }: ErrorRatePanelProps) {
  const [chosen, setChosen] = useState(inForce.rate);
  const { busy, run } = useAction();
  const nameOf = (rate: number) => (rate === 0 ? translate('rate.fitted') : showShare(rate));
  const apply = (rate: number | null) =>
    run(async () => {
      const path = '/api/v1/settings/error-rate';
      const state =
        rate === null
          ? await call<SettingsState>('DELETE', path)
          : await call<SettingsState>('PUT', path, { body: { rate } });
      setChosen(state.error_rate.rate);
      onChanged(state);
      tell(translate('rate.applied', { rate: nameOf(state.error_rate.rate) }));
    });
  const difference = rateDifference(preview.rows, inForce.rate, chosen);
  return (
    <Panel
      title={translate('rate.title')}
      detail={translate(inForce.from === 'console' ? 'rate.from_console' : 'rate.from_configuration', {
        rate: nameOf(inForce.rate),
      })}
      hint={translate('rate.hint', { questions: preview.questions })}
    >
      <DataTable
        caption={translate('rate.title')}
        rows={preview.rows}
        keyOf={(row) => row.most_wrong_answers}
        columns={[
          {
            id: 'rate',
            title: translate('rate.most_wrong'),
            cell: ({ most_wrong_answers: rate }) => (
              <label class="rate-choice">
                <input
                  type="radio"
                  name="rate"
                  checked={rate === chosen}
                  disabled={!may('settings.write')}
                  onChange={() => setChosen(rate)}
                />
                {nameOf(rate)}
              </label>
            ),
          },
          {
            id: 'answered',
            title: translate('rate.answered'),
            align: 'end',
            cell: (row) => share(row.answered),
          },
          {
            id: 'caveat',
            title: translate('rate.caveat'),
            align: 'end',
            cell: (row) => share(row.answered_with_caveat),
          },
          {
            id: 'handed',
            title: translate('rate.handed'),
            align: 'end',
            cell: (row) => share(row.handed_over_or_declined),
          },
          { id: 'wrong', title: translate('rate.wrong'), align: 'end', cell: (row) => share(row.wrong) },
        ]}
      />
      {difference !== null && (
        <p role="status">
          {translate('rate.difference', {
            from: nameOf(inForce.rate),
            to: nameOf(chosen),
            answered: difference.answered,
            handed: difference.handed,
            wrong: difference.wrong,
          })}
        </p>
      )}
      {may('settings.write') && (
        <div class="row-line">
          <button
            type="button"
            class="button primary"
            disabled={busy || chosen === inForce.rate}
            onClick={() => apply(chosen)}
          >
            {translate('rate.apply')}
          </button>
          {inForce.from === 'console' && (
            <button type="button" class="button" disabled={busy} onClick={() => apply(null)}>
              {translate('rate.reset')}
            </button>
          )}
        </div>
      )}
    </Panel>
  );
}
