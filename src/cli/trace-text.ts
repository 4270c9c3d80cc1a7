import type { AnswerTrace, TracedDraft, TracedPart } from '../answer/trace/trace-types.ts';

/** Candidates and sentences shown of each part; all are in the JSON. */
const SHOWN = 8;

/** How an answer came about, as people read it, in the order in which it happened. */
export function traceText(trace: AnswerTrace): string {
  const { question, intent, live, replayed, versions, compute, compute_seconds } = trace;
  return [
    '',
    'Question',
    `  ${question.text}`,
    ...(question.standalone === question.text ? [] : [`  stands alone: ${question.standalone}`]),
    ...(question.chosen === null ? [] : [`  chosen: ${question.chosen}`]),
    `  language ${question.language}${intent ? `, intent ${intent.intent} ${intent.confidence.toFixed(2)}, ${intent.act}` : ''}`,
    ...(live
      ? [`Live sources: ${live.outcome}${live.order ? ', an order' : ''} ${live.products.join(' ')}`]
      : []),
    ...(replayed ? ['A kept answer to the same question, served again'] : []),
    ...trace.parts.flatMap(partText),
    'Decision',
    ...decisionText(trace),
    'Stages, ms',
    `  ${trace.stages.map(({ stage, milliseconds }) => `${stage} ${milliseconds}`).join(', ')}`,
    `Models, seconds from call to result: ${compute_seconds}`,
    ...compute.map(
      ({ model, calls, items, seconds }) => `  ${model}: ${calls} calls, ${items} items, ${seconds}`,
    ),
    'Versions',
    ...Object.entries(versions).map(([name, version]) => `  ${name}: ${version ?? 'none'}`),
    ...(trace.cut.length > 0 ? [`Cut to keep the trace small: ${trace.cut.join(', ')}`] : []),
    '',
  ].join('\n');
}

function partText({ text, candidates, sentences, drafts, extracted }: TracedPart): string[] {
  return [
    `Searched for: ${text}`,
    '  final  fused   bm25 (rank)  vector (rank)  relevance  answerable  passage',
    ...candidates.slice(0, SHOWN).map((one) => {
      const ranked = (entry: { rank: number; score: number } | null): string =>
        entry ? `${entry.score.toFixed(2)} (${entry.rank})` : '–';
      const cells = [
        (one.reranked?.score.toFixed(2) ?? '–').padStart(7),
        one.fused.score.toFixed(2).padStart(6),
        ranked(one.bm25).padStart(12),
        ranked(one.vector).padStart(13),
        (one.relevance?.toFixed(2) ?? '–').padStart(9),
        (one.answerable?.toFixed(2) ?? '–').padStart(10),
      ];
      return `${cells.join('  ')}  ${one.heading}`;
    }),
    ...(candidates.length > SHOWN ? [`  … ${candidates.length - SHOWN} more`] : []),
    '  Sentences of the reader: score, answerable',
    ...sentences
      .slice(0, SHOWN)
      .map(
        ({ score, answerable, text: said }) =>
          `  ${score.toFixed(2)}  ${answerable.toFixed(2)}  ${oneLine(said)}`,
      ),
    ...drafts.flatMap(draftText),
    ...(extracted.length > 0 ? ['  Sentences of the documents'] : []),
    ...extracted.map(({ text: said, shown, why }) => `  ${shown ? '✓' : '✗'} ${oneLine(said)} ${why}`),
  ];
}

/** What follows a draft that did not come to its own end. */
const AFTER: Record<string, string> = {
  time_over: ' (its time was over: the documents’ own sentences follow)',
  too_slow: ' (no sentence in time: another generator writes)',
  away: ' (the generator failed)',
};

/** @param draft of an earlier version it does not say who wrote it */
function draftText(draft: TracedDraft): string[] {
  const {
    writer = 'builtin',
    generator = '',
    chosen = 'plain',
    prompt,
    sentences,
    milliseconds,
    ended,
  } = draft;
  const end = ended === null ? '' : `, ended: ${ended}${AFTER[ended] ?? ''}`;
  return [
    `  Prompt (${prompt.system.length + prompt.user.length} characters)`,
    ...indented(`${prompt.system}\n${prompt.user}`),
    `  Draft by ${writer}, ${generator.replace(/@.*/, '')} (${chosen}), ${Math.round(milliseconds)} ms${end}`,
    ...sentences.flatMap(({ text, cited, why, checks, again }) => [
      `  ${why === 'shown' ? '✓' : '✗'} ${oneLine(text)} [${cited.join(', ')}] ${why}${again ? ', written again' : ''}`,
      ...checks.map(
        ({ chunk, rules, verifier }) =>
          `      passage ${chunk}: rules ${rules}${verifier === null ? '' : `, verifier ${verifier.toFixed(2)}`}`,
      ),
    ]),
  ];
}

function decisionText({ decision, answer }: AnswerTrace): string[] {
  const { rule, reason, confidence, thresholds, signals, choices, before } = decision;
  const lines = [
    `  ${answer.outcome} by the rule ${rule}${reason ? `, reason ${reason}` : ''}; ${answer.mode}, confidence ${answer.confidence}`,
  ];
  if (rule === 'before_documents') return lines;
  lines.push(
    `  confidence ${confidence}; not answered below ${thresholds.decline}, with a caveat below ${thresholds.caveat}`,
    ...signals.map(
      (one) =>
        `  signals ${Object.entries(one)
          .map(([name, value]) => `${name} ${value.toFixed(3)}`)
          .join(', ')}`,
    ),
    `  before: ${before.clarified ? 'asked back' : 'not asked back'}, ${before.unanswered} without an answer in a row`,
  );
  if (choices.length > 0) lines.push(`  choices: ${choices.join(' | ')}`);
  return lines;
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    | ${line}`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
