import { useState } from 'preact/hooks';
import type { AnswerTrace } from '../../../src/answer/trace/trace-types.ts';
import { call } from '../api/request.ts';
import { describeError } from '../components/states.tsx';
import { translate } from '../translate.ts';

type Loaded = { trace: AnswerTrace } | { error: unknown };

/** Passages that are shown of each part, best first. */
const SHOWN = 5;

/** How an answer came about: what was decided and why, the passages with their scores, the time of each stage. */
export function AnswerTraceView({ messageId }: { messageId: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const load = () => {
    if (loaded && 'trace' in loaded) return;
    call<{ trace: AnswerTrace }>('GET', `/api/v1/messages/${encodeURIComponent(messageId)}/trace`)
      .then(setLoaded)
      .catch((error: unknown) => setLoaded({ error }));
  };
  return (
    <details
      class="message-sources"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) load();
      }}
    >
      <summary>{translate('trace.title')}</summary>
      {loaded === null ? (
        <p role="status">{translate('state.loading')}</p>
      ) : 'error' in loaded ? (
        <p role="alert">{describeError(loaded.error)}</p>
      ) : (
        <Trace {...loaded.trace} />
      )}
    </details>
  );
}

const score = (value: number | null | undefined): string => (value == null ? '–' : value.toFixed(2));

function Trace({ decision, question, intent, stages, parts, compute_seconds: seconds }: AnswerTrace) {
  const candidates = parts.flatMap((part) => part.candidates.slice(0, SHOWN));
  return (
    <div class="trace">
      <dl class="facts">
        <dt>{translate('trace.decision')}</dt>
        <dd>
          {decision.outcome.replaceAll('_', ' ')} ({decision.rule}), {score(decision.confidence)} /{' '}
          {score(decision.thresholds.decline)}
        </dd>
        <dt>{translate('trace.read_as')}</dt>
        <dd>
          {question.standalone} {intent && <span class="badge">{intent.intent.replaceAll('_', ' ')}</span>}
        </dd>
        <dt>{translate('trace.compute')}</dt>
        <dd>{translate('trace.seconds', { seconds: seconds.toFixed(2) })}</dd>
        <dt>{translate('trace.stages')}</dt>
        <dd>
          {stages.map(({ stage, milliseconds }) => `${stage} ${Math.round(milliseconds)} ms`).join(' · ')}
        </dd>
      </dl>
      {candidates.length > 0 && (
        <div class="table-frame" tabIndex={0} role="region" aria-label={translate('trace.passages')}>
          <table class="data-table">
            <caption class="visually-hidden">{translate('trace.passages')}</caption>
            <thead>
              <tr>
                <th scope="col">{translate('trace.passage')}</th>
                <th scope="col">{translate('trace.relevance')}</th>
                <th scope="col">{translate('trace.answerable')}</th>
              </tr>
            </thead>
            <tbody>
              {candidates.map(({ chunk, heading, relevance, answerable }) => (
                <tr key={chunk}>
                  <td>{heading}</td>
                  <td>{score(relevance)}</td>
                  <td>{score(answerable)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
