import { call } from '../../api/request.ts';
import { useAction } from '../../components/use-action.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface DismissButtonProps {
  finding: { id: string; dismissed: boolean };
  onChanged: () => void;
}

/** Leaves a finding out of the reports until its documents change, or brings it back. */
export function DismissButton({ finding: { id, dismissed }, onChanged }: DismissButtonProps) {
  const { busy, run } = useAction();
  const change = () =>
    run(async () => {
      await call('PUT', `/api/v1/knowledge/findings/${id}`, { body: { dismissed: !dismissed } });
      onChanged();
    });
  return (
    <div class="row-line">
      {dismissed && <span class="badge">{translate('finding.dismissed')}</span>}
      {may('knowledge.write') && (
        <span class="row-end">
          <button type="button" class="button small quiet" disabled={busy} onClick={change}>
            {translate(dismissed ? 'finding.restore' : 'jobs.dismiss')}
          </button>
        </span>
      )}
    </div>
  );
}
