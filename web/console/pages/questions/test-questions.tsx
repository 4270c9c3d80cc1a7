import { useState } from 'preact/hooks';
import type { TestQuestion, TestRun } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { saveFile } from '../../components/save-file.ts';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

const ADDRESS = '/api/v1/knowledge/regression-questions';

/** What became of a question when it was asked again. */
function Mark({ result }: { result: TestRun['questions'][number] | undefined }) {
  if (!result) return null;
  const { found, place, title } = result;
  if (found)
    return <span class="badge badge-success">{translate('questions.found', { place: place ?? '' })}</span>;
  const why =
    title === null
      ? translate('questions.gone')
      : place === null
        ? translate('questions.not_found')
        : translate('questions.too_far', { place });
  return <span class="badge badge-danger">{why}</span>;
}

/** Questions that must be found, as lines of an evaluation file too. */
export function TestQuestions({ onRemoved }: { onRemoved: () => void }) {
  const { busy, run } = useAction();
  const { loaded, reload } = useLoaded('tests', (signal) =>
    call<{ questions: TestQuestion[] }>('GET', ADDRESS, { signal }),
  );
  const [done, setDone] = useState<TestRun | null>(null);
  const askAgain = () =>
    run(async () => {
      setDone(await call<TestRun>('POST', `${ADDRESS}/run`));
    });
  const questions = loaded.value?.questions ?? [];
  if (questions.length === 0) return null;
  const lines = () => questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const remove = (question: string) =>
    run(async () => {
      await call('DELETE', ADDRESS, { body: { question } });
      reload();
      onRemoved();
    });
  return (
    <details class="panel">
      <summary>{translate('questions.tests', { count: questions.length })}</summary>
      <ul class="rows">
        {questions.map(({ q, doc_id: source }) => (
          <li key={q}>
            <div class="row-line">
              <span class="row-name">{q}</span>
              <span class="muted">{source}</span>
              <Mark result={done?.questions.find((one) => one.q === q)} />
              {may('knowledge.write') && (
                <button type="button" class="button small" disabled={busy} onClick={() => remove(q)}>
                  {translate('questions.forget')}
                  <span class="visually-hidden"> {q}</span>
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {done && (
        <p role="status">
          {translate('questions.run_done', {
            found: done.found,
            count: done.questions.length,
            places: done.places,
          })}
        </p>
      )}
      <div class="row-line">
        <button type="button" class="button small" disabled={busy} onClick={askAgain}>
          {translate('questions.run')}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => saveFile('questions.jsonl', 'application/jsonl', lines())}
        >
          {translate('questions.save')}
        </button>
      </div>
    </details>
  );
}
