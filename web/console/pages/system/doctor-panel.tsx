import { useState } from 'preact/hooks';
import type { DoctorReport } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { Panel } from '../../components/panel.tsx';
import { useAction } from '../../components/use-action.ts';
import { translate, translateValue } from '../../translate.ts';

const TONES: Readonly<Record<string, string>> = { ok: 'good', warning: 'warning', failed: 'danger' };

/** The same checks as `answerbox doctor`, each with what to do. */
export function DoctorPanel() {
  const [report, setReport] = useState<DoctorReport | null>(null);
  const { busy, run } = useAction();
  const check = () => run(async () => setReport(await call<DoctorReport>('POST', '/api/v1/doctor')));
  return (
    <Panel
      title={translate('doctor.title')}
      hint={translate('doctor.hint')}
      actions={
        <button type="button" class="button" disabled={busy} onClick={check}>
          {translate(busy ? 'doctor.checking' : 'doctor.check')}
        </button>
      }
    >
      {report && (
        <ul class="rows" aria-live="polite">
          {report.checks.map(({ code, name, status, message, fix }) => (
            <li key={code}>
              <div class="row-line">
                <span class={`badge badge-${TONES[status] ?? 'info'}`}>
                  {translateValue('doctor_status', status)}
                </span>
                <span class="row-name">{name}</span>
              </div>
              <p class="muted">{message}</p>
              {fix !== null && <p>{fix}</p>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
