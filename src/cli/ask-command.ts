import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { Answer, AnswerEvent, RequestedMode } from '../answer/answer-types.ts';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { openBackend } from './backend.ts';
import { runCommand } from './run-command.ts';
import { addFilterOptions, filterOf, type FilterOptions } from './scope-options.ts';
import type { Terminal } from './terminal.ts';
import { traceText } from './trace-text.ts';

interface AskOptions extends FilterOptions {
  conversation?: string;
  continue?: boolean;
  mode: RequestedMode;
  verbose?: boolean;
  trace?: boolean;
  json?: boolean;
}

export function addAskCommand(program: Command): void {
  const command = program
    .command('ask')
    .description('Ask one question; prints the answer as it comes, then its sources.')
    .argument('[question]', 'the question; "-" or nothing reads standard input');
  addFilterOptions(command, 'public')
    .option('--conversation <id>', 'go on with this conversation')
    .option('-c, --continue', 'go on with the last conversation of this command')
    .option('--mode <mode>', 'auto, extractive or generated', parseMode, 'auto' as const)
    .option('--verbose', 'stage times, and what was decided on the way, on standard error')
    .option('--trace', 'how the answer came about: searches, scores, drafts and their checks, the decision')
    .option('--json', 'the whole answer as one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox ask "How long can I return unworn goods?"\n  echo "Do you repair tents?" | answerbox ask --json\n  answerbox ask "Do you repair tents?" --trace\n',
    )
    .action((question: string | undefined, options: AskOptions) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const message = question === undefined || question === '-' ? await readQuestion() : question;
        const conversationId =
          options.conversation ?? (options.continue ? await lastConversation(config) : undefined);
        const backend = await openBackend(config, {
          signal,
          onProgress: (step) => terminal.progress(`${step} …`),
        });
        try {
          const events = backend.answer(
            {
              message,
              mode: options.mode,
              filter: filterOf(options),
              ...(conversationId && { conversationId }),
            },
            signal,
          );
          const answer = await showAnswer(events, terminal, {
            quiet: options.json === true,
            verbose: options.verbose === true,
          });
          await writeFile(lastConversationPath(config), answer.conversation_id);
          const trace = options.trace ? await backend.trace(answer.message_id, signal) : null;
          if (options.json) terminal.json(trace ? { ...answer, trace } : answer);
          else showSources(answer, terminal, options.verbose === true);
          if (trace && !options.json) terminal.data(traceText(trace));
        } finally {
          await backend.close();
        }
      }),
    );
}

function parseMode(mode: string): RequestedMode {
  if (mode === 'auto' || mode === 'extractive' || mode === 'generated') return mode;
  throw new AnswerboxError('usage', { reason: `--mode is auto, extractive or generated, not "${mode}".` });
}

async function readQuestion(): Promise<string> {
  if (process.stdin.isTTY)
    throw new AnswerboxError('usage', { reason: 'Give a question: answerbox ask "…".' });
  return (await readAll(process.stdin)).trim();
}

async function showAnswer(
  events: AsyncIterable<AnswerEvent>,
  terminal: Terminal,
  { quiet, verbose }: { quiet: boolean; verbose: boolean },
): Promise<Answer> {
  let answer: Answer | undefined;
  for await (const event of events) {
    terminal.clearProgress();
    if (event.type === 'text-delta' && !quiet) terminal.data(event.text);
    if (event.type === 'stage-end' && verbose) for (const note of event.notes ?? []) terminal.note(note);
    if (event.type === 'answer-end') answer = event.answer;
  }
  if (!answer) throw new AnswerboxError('model_failed', { reason: 'the answer broke off' });
  return answer;
}

function showSources(answer: Answer, terminal: Terminal, verbose: boolean): void {
  terminal.data('\n');
  if (answer.citations.length > 0) terminal.data('\nSources\n');
  for (const { index, title, quote } of answer.citations)
    terminal.data(`  [${index}] ${title}: “${quote}”\n`);
  if (verbose) {
    const { outcome, mode, confidence, timings_ms } = answer;
    terminal.note(
      `${outcome}, ${mode}, confidence ${confidence}; milliseconds: ${JSON.stringify(timings_ms)}`,
    );
  }
}

function lastConversationPath(config: Config): string {
  return join(resolve(config.data_dir), 'last-conversation');
}

async function lastConversation(config: Config): Promise<string> {
  try {
    return (await readFile(lastConversationPath(config), 'utf8')).trim();
  } catch (error) {
    throw new AnswerboxError(
      'usage',
      { reason: 'There is no conversation to go on with yet. Ask without --continue first.' },
      error,
    );
  }
}
