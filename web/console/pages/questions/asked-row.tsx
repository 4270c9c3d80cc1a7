import type { AskedQuestion } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { documentAddress, retrievalAddress } from '../../data/knowledge-addresses.ts';
import { showShare, showTime } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { translate, translateValue } from '../../translate.ts';

const TONES: Readonly<Record<string, string>> = {
  answered: 'good',
  answered_with_caveat: 'warning',
  declined: 'danger',
};

interface AskedRowProps {
  asked: AskedQuestion;
  onTested: () => void;
}

export function AskedRow({ asked, onTested }: AskedRowProps) {
  const { question, outcome, confidence, intent, documents, rating, tested, message_id: id } = asked;
  const { busy, run } = useAction();
  const makeTest = () =>
    run(async () => {
      await call('POST', '/api/v1/knowledge/regression-questions', { body: { message_id: id } });
      tell(translate('questions.made'));
      onTested();
    });
  return (
    <div class="asked-row">
      <div class="row-line">
        <span class="row-name">{question}</span>
        <span class={`badge badge-${TONES[outcome] ?? 'info'}`}>{translateValue('outcome', outcome)}</span>
        {rating !== null && (
          <span class={`badge badge-${rating > 0 ? 'good' : 'danger'}`}>
            {translate(rating > 0 ? 'questions.helpful' : 'questions.not_helpful')}
          </span>
        )}
        <span class="row-end">
          <a class="button small" href={retrievalAddress(question)}>
            {translate('retrieval.title')}
          </a>
          {tested ? (
            <span class="badge badge-good">{translate('questions.tested')}</span>
          ) : (
            may('knowledge.write') && (
              <button
                type="button"
                class="button small"
                disabled={busy || documents.length === 0}
                title={documents.length === 0 ? translate('questions.no_document') : undefined}
                onClick={makeTest}
              >
                {translate('questions.make')}
              </button>
            )
          )}
        </span>
      </div>
      <small class="muted">
        {showTime(asked.asked_at)} · {translate('questions.confidence', { share: showShare(confidence) })}
        {intent !== null && ` · ${intent.replaceAll('_', ' ')}`}
        {documents.map(({ id: document, title }) => (
          <>
            {' · '}
            <a href={documentAddress(document)}>{title}</a>
          </>
        ))}
      </small>
    </div>
  );
}
