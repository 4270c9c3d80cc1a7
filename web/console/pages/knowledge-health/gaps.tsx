import { useState } from 'preact/hooks';
import type { KnowledgeGap } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Panel } from '../../components/panel.tsx';
import { useAction } from '../../components/use-action.ts';
import { documentAddress } from '../../data/knowledge-addresses.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { ArticleDialog } from './article-dialog.tsx';

interface GapsProps {
  gaps: readonly KnowledgeGap[];
  onChanged: () => void;
}

/** Questions that nobody could answer, in groups; each with the draft of an article that would. */
export function Gaps({ gaps, onChanged }: GapsProps) {
  const [writing, setWriting] = useState<KnowledgeGap | null>(null);
  const open = gaps.filter(({ status }) => status === 'open');
  return (
    <Panel title={translate('gaps.title')} detail={open.length} hint={translate('gaps.hint')}>
      {open.length === 0 && <p class="muted">{translate('gaps.none')}</p>}
      <ul class="rows">
        {open.map((gap) => (
          <li key={gap.id}>
            <Gap gap={gap} onWrite={() => setWriting(gap)} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {writing && <ArticleDialog gap={writing} onClose={() => setWriting(null)} onApproved={onChanged} />}
    </Panel>
  );
}

interface GapProps {
  gap: KnowledgeGap;
  onWrite: () => void;
  onChanged: () => void;
}

function Gap({ gap, onWrite, onChanged }: GapProps) {
  const { busy, run } = useAction();
  const dismiss = () =>
    run(async () => {
      await call('POST', `/api/v1/knowledge/gaps/${gap.id}/dismiss`);
      onChanged();
    });
  return (
    <>
      <div class="row-line">
        <span class="row-name">{gap.question}</span>
        {gap.from_reply ? (
          <span class="badge">{translate('gaps.from_reply')}</span>
        ) : (
          <span class="badge badge-warning">{translate('gaps.asked', { count: gap.asked })}</span>
        )}
        {may('knowledge.write') && (
          <span class="row-end">
            <button type="button" class="button small" onClick={onWrite}>
              {translate('gaps.write')}
            </button>
            <button type="button" class="button small quiet" disabled={busy} onClick={dismiss}>
              {translate('jobs.dismiss')}
            </button>
          </span>
        )}
      </div>
      {gap.questions.length > 1 && <p class="muted">{gap.questions.slice(0, 5).join(' · ')}</p>}
      {gap.passages.length > 0 && (
        <p class="muted">
          {translate('gaps.near')}{' '}
          {gap.passages.slice(0, 3).map((passage, index) => (
            <>
              {index > 0 && ' · '}
              <a href={documentAddress(passage.document_id)}>{passage.title}</a>
            </>
          ))}
        </p>
      )}
    </>
  );
}
