import type { FoundPassage } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { documentAddress } from '../../data/knowledge-addresses.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface FoundPassagesProps {
  results: readonly FoundPassage[];
  question: string;
  /** The question was kept, with the document that must be found. */
  onKept: () => void;
}

/** Passages in the order of the last stage that saw them. */
export function FoundPassages({ results, question, onKept }: FoundPassagesProps) {
  const { busy, run } = useAction();
  const makeTest = (document: string) =>
    run(async () => {
      const body = { question, document_id: document };
      await call('POST', '/api/v1/knowledge/regression-questions', { body });
      tell(translate('questions.made'));
      onKept();
    });
  return (
    <ol class="rows found">
      {results.map((found) => (
        <li key={`${found.document_id} ${found.start}`}>
          <div class="row-line">
            <a class="row-name" href={documentAddress(found.document_id)}>
              {found.title}
            </a>
            {may('knowledge.write') && (
              <button
                type="button"
                class="button small quiet"
                disabled={busy}
                onClick={() => makeTest(found.document_id)}
              >
                {translate('questions.make')}
              </button>
            )}
          </div>
          <Scores scores={found.scores} />
          <div>
            <small class="muted">
              {found.heading_path}
              {found.page !== null && ` · ${translate('document.page', { page: found.page })}`}
            </small>
            <p class="found-text">{found.text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Of each stage the place and the score; a dash where the stage did not see it. */
function Scores({ scores }: { scores: FoundPassage['scores'] }) {
  const stages = ['bm25', 'vector', 'fused', 'reranked'] as const;
  const shares = ['relevance', 'answerable'] as const;
  return (
    <dl class="scores">
      {stages.map((stage) => (
        <>
          <dt>{translate(`stage.${stage}`)}</dt>
          <dd>{scores[stage] === null ? '–' : translate('retrieval.rank', { rank: scores[stage].rank })}</dd>
          <dd>{scores[stage] === null ? '–' : scores[stage].score.toFixed(3)}</dd>
        </>
      ))}
      {shares.map((share) => (
        <>
          <dt>{translate(`stage.${share}`)}</dt>
          <dd />
          <dd>{scores[share] === null ? '–' : scores[share].toFixed(3)}</dd>
        </>
      ))}
    </dl>
  );
}
