import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { readMapping } from '../catalogue/read-mapping.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { openCatalogue, type Report } from './open-catalogue.ts';
import { runCommand } from './run-command.ts';

interface ImportOptions {
  orders?: boolean;
  map: string[];
  merge?: boolean;
  currency?: string;
  json?: boolean;
}

/** Bad rows that are shown without --json. */
const SHOWN_ROWS = 10;

export function addCatalogueCommands(program: Command): void {
  const catalogue = program.command('catalogue').description('Products and orders of the shop.');
  addImportCommand(catalogue);
  addListCommand(catalogue);
}

function addImportCommand(catalogue: Command): void {
  catalogue
    .command('import')
    .description('Makes the catalogue equal to a CSV or JSON file; bad rows are told and left out.')
    .argument('<file>', 'CSV of any separator and encoding, JSON list or JSON Lines')
    .option('--orders', 'the file holds orders, not products')
    .option(
      '--map <column=field>',
      'what a column is, where its name does not say; again for each',
      collect,
      [],
    )
    .option('--merge', 'keep what the file does not name')
    .option('--currency <code>', 'of prices that name none (EUR)', parseCurrency)
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox catalogue import products.csv\n  answerbox catalogue import export.csv --map "Art.=code" --map "VK=price" --merge\n  answerbox catalogue import orders.json --orders\n',
    )
    .action((file: string, options: ImportOptions) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const mapping = readMapping(options.map);
        const bytes = await readTable(file, signal);
        const access = await openCatalogue(config);
        try {
          terminal.progress(`Reading ${basename(file)} …`);
          const report = await access.import(options.orders ? 'orders' : 'products', {
            bytes,
            source: basename(file),
            replace: options.merge !== true,
            mapping,
            signal,
            ...(options.currency !== undefined && { currency: options.currency }),
          });
          if (options.json) terminal.json(report);
          else terminal.data(summaryOf(report));
          if (report.bad_count > 0) process.exitCode = EXIT_CODES.partly.code;
        } finally {
          access.close();
        }
      }),
    );
}

function addListCommand(catalogue: Command): void {
  catalogue
    .command('list')
    .description('The products in order of their codes, or the orders of their numbers.')
    .option('--orders', 'orders, not products')
    .option('--limit <number>', 'rows shown, 1 to 1000', parseLimit, 100)
    .option('--after <key>', 'the last code or number of the page before')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox catalogue list\n  answerbox catalogue list --orders --limit 5 --json\n',
    )
    .action((options: { orders?: boolean; limit: number; after?: string; json?: boolean }) =>
      runCommand(options, async ({ config, terminal }) => {
        const access = await openCatalogue(config);
        try {
          const { limit, after } = options;
          const page = { limit, ...(after !== undefined && { after }) };
          const found = await access.list(options.orders ? 'orders' : 'products', page);
          if (options.json) return terminal.json(found);
          if ('products' in found)
            for (const { code, name, price, stock } of found.products)
              terminal.data(
                `${[code, name, moneyText(price), stock === null ? '' : `${stock} in stock`].join('\t')}\n`,
              );
          else
            for (const { number, state, placed_at, total } of found.orders)
              terminal.data(`${[number, state, placed_at, moneyText(total)].join('\t')}\n`);
          terminal.note(`${found.total} in all`);
        } finally {
          access.close();
        }
      }),
    );
}

async function readTable(file: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readFile(file, { signal });
  } catch (error) {
    if (signal.aborted) throw new AnswerboxError('cancelled', {}, error);
    throw new AnswerboxError('source_unreadable', { source: file, reason: reasonOf(error) }, error);
  }
}

function summaryOf({
  added,
  changed,
  unchanged,
  removed,
  bad,
  bad_count,
  duplicates,
  duplicate_count,
}: Report): string {
  const lines = [
    `${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${bad_count} bad`,
  ];
  for (const { line, reason } of bad.slice(0, SHOWN_ROWS)) lines.push(`  line ${line}: ${reason}`);
  if (bad_count > SHOWN_ROWS) lines.push('  … --json tells the first hundred');
  if (duplicate_count > 0) {
    const named = duplicates.slice(0, SHOWN_ROWS).map(({ key, line }) => `${key} (line ${line})`);
    lines.push(`${duplicate_count} came twice, the last stands: ${named.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function moneyText(money: { minor: number; currency: string } | null): string {
  if (money === null) return '';
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'code',
  });
  return format.format(money.minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new InvalidArgumentError('1 to 1000');
  return limit;
}

function parseCurrency(text: string): string {
  const code = text.toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(code))
    throw new InvalidArgumentError('a code such as EUR or CHF');
  return code;
}
