import type { Command } from 'commander';
import { DOCTOR_CHECKS, type DoctorResult } from '../doctor/doctor-checks.ts';
import { AnswerboxError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { runCommand } from './run-command.ts';

const SIGNS = { ok: 'ok', warning: 'warning', failed: 'FAILED' } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Checks this machine, the models and the stores; says what to do.')
    .argument('[check...]', `all, or some of: ${DOCTOR_CHECKS.map(({ code }) => code).join(', ')}`)
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox doctor\n  answerbox doctor models disk --json\n')
    .action((names: string[], options: { json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const unknown = names.find((name) => !DOCTOR_CHECKS.some(({ code }) => code === name));
        if (unknown)
          throw new AnswerboxError('usage', {
            reason: `There is no check "${unknown}". See answerbox doctor --help.`,
          });
        const results: DoctorResult[] = [];
        for (const check of DOCTOR_CHECKS.filter(({ code }) => names.length === 0 || names.includes(code))) {
          terminal.progress(`${check.name} …`);
          const result = { code: check.code, name: check.name, ...(await check.run(config, signal)) };
          results.push(result);
          terminal.clearProgress();
          if (options.json) continue;
          terminal.data(`${SIGNS[result.status].padEnd(8)} ${result.name}: ${result.message}\n`);
          if (result.fix !== null) terminal.data(`         → ${result.fix}\n`);
        }
        const failed = results.some(({ status }) => status === 'failed');
        if (options.json) terminal.json({ ok: !failed, checks: results });
        if (failed) process.exitCode = EXIT_CODES.failed.code;
      }),
    );
}
