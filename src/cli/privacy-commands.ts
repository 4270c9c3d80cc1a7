import { resolve } from 'node:path';
import type { Command } from 'commander';
import { MACHINE } from '../auth/principal.ts';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { openPrivacyFolder } from '../composition/open-privacy.ts';
import type { EraseReceipt, PersonExport, PersonPlan } from '../privacy/privacy.ts';
import type { RetentionPlan } from '../privacy/retention.ts';
import { findServer } from './backend.ts';
import { createRemoteBackend } from './remote-backend.ts';
import { runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** Privacy, whether this process holds the data folder or a running server does. No model is loaded. */
interface PrivacyAccess {
  plan: (customer: string) => Promise<PersonPlan>;
  export: (customer: string) => Promise<PersonExport>;
  erase: (customer: string) => Promise<EraseReceipt>;
  planRetention: () => Promise<RetentionPlan>;
  runRetention: (confirmed: boolean) => Promise<Record<string, number>>;
}

async function withPrivacy(config: Config, work: (privacy: PrivacyAccess) => Promise<void>): Promise<void> {
  const control = await findServer(config);
  if (control) {
    const server = createRemoteBackend(control, config.max_document_bytes);
    const under = '/api/v1/privacy';
    return work({
      plan: (customer) => server.call('POST', `${under}/plan`, { customer }),
      export: (customer) => server.call('POST', `${under}/export`, { customer }),
      erase: (customer) => server.call('POST', `${under}/erase`, { customer, confirmed: true }),
      planRetention: () => server.call('GET', `${under}/retention`),
      runRetention: async (confirmed) =>
        (await server.call<{ removed: Record<string, number> }>('POST', `${under}/retention`, { confirmed }))
          .removed,
    });
  }
  const { privacy, staff, close } = await openPrivacyFolder(config);
  const noted = async <Found extends { person: string }>(action: string, found: Found): Promise<Found> => {
    await staff.audit(MACHINE, action, { about: found.person });
    return found;
  };
  try {
    await work({
      plan: async (customer) => noted('privacy plan', await privacy.plan(customer)),
      export: async (customer) => noted('privacy export', await privacy.export(customer)),
      erase: async (customer) => noted('privacy erase', await privacy.erase(customer)),
      planRetention: () => privacy.planRetention(),
      runRetention: (confirmed) => privacy.runRetention({ confirmed }),
    });
  } finally {
    await close();
  }
}

export function addPrivacyCommands(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('What is held of a person, and how long anything is kept.');
  addExport(privacy);
  addErase(privacy);
  addPlan(privacy);
}

function addExport(privacy: Command): void {
  privacy
    .command('export <customer>')
    .description('Everything held on a person (id, e-mail address or customer number), as one JSON document.')
    .option('--out <file>', 'write it there instead of to standard output')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox privacy export ada@example.com --out ada.json\n')
    .action((customer: string, options: { out?: string; json?: boolean }) =>
      runCommand({ json: true }, async ({ config, terminal }) =>
        withPrivacy(config, async (access) => {
          const found = await access.export(customer);
          if (options.out === undefined) return terminal.json(found);
          const file = resolve(options.out);
          await writeAtomically(file, `${JSON.stringify(found, null, 2)}\n`);
          if (options.json) terminal.json({ file, person: found.person, held: found.held });
          else terminal.data(`${file}\n`);
        }),
      ),
    );
}

function addErase(privacy: Command): void {
  privacy
    .command('erase <customer>')
    .description('Shows what would go; with --yes erases the person everywhere and prints a receipt.')
    .option('--yes', 'erase; nothing brings it back')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox privacy erase ada@example.com\n  answerbox privacy erase ada@example.com --yes\n',
    )
    .action((customer: string, options: { yes?: boolean; json?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withPrivacy(config, async (access) => {
          if (!options.yes) {
            const plan = await access.plan(customer);
            if (options.json) return terminal.json({ planned: plan });
            showCounts(plan.held, terminal);
            terminal.data(
              `facts: ${plan.facts}; documents of yours that name the person, which stay: ${plan.documents}\n` +
                'Nothing was erased. Say --yes to erase it.\n',
            );
            return;
          }
          const receipt = await access.erase(customer);
          if (options.json) return terminal.json(receipt);
          terminal.data(`Erased at ${receipt.erased_at}; the audit knows the person as ${receipt.person}.\n`);
          showCounts(receipt.removed, terminal);
          for (const { name, made_at, goes_at } of receipt.backups)
            terminal.data(
              `backup of ${made_at} may hold the person: ${name}; ${goes_at === null ? 'remove it by hand' : `goes ${goes_at}`}\n`,
            );
          for (const place of receipt.not_covered) terminal.data(`not covered: ${place}\n`);
        }),
      ),
    );
}

function addPlan(privacy: Command): void {
  privacy
    .command('plan')
    .description('What is older than it is to be kept; with --run removes it now, as the quiet hours do.')
    .option('--run', 'remove it now')
    .option('--yes', 'also when it is more than usual')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox privacy plan\n  answerbox privacy plan --run\n')
    .action((options: { run?: boolean; yes?: boolean; json?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withPrivacy(config, async (access) => {
          if (options.yes && !options.run)
            throw new AnswerboxError('usage', { reason: '--yes says something of --run alone.' });
          if (options.run) {
            const removed = await access.runRetention(options.yes === true);
            if (options.json) terminal.json({ removed });
            else showCounts(removed, terminal);
            return;
          }
          const plan = await access.planRetention();
          if (options.json) return terminal.json(plan);
          for (const { class: name, days, before, rows } of plan.rows)
            terminal.data(
              `${name.padEnd(14)} ${before === null ? 'kept for ever' : `older than ${before} (${days} days)`}: ${rows}\n`,
            );
          terminal.data(`last run: ${plan.ran_at ?? 'never'}\n`);
          if (plan.held)
            terminal.data('This is more than usual: it waits for "answerbox privacy plan --run --yes".\n');
        }),
      ),
    );
}

function showCounts(counts: Record<string, number>, terminal: Terminal): void {
  for (const [name, count] of Object.entries(counts)) terminal.data(`${name.padEnd(14)} ${count}\n`);
}
