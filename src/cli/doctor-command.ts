import type { Command } from 'commander';
import { DOCTOR_CHECKS, egressChecks, type DoctorResult } from '../doctor/doctor-checks.ts';
import { runEgressProbe } from '../doctor/prove-egress.ts';
import { AnswerboxError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { runCommand } from './run-command.ts';

/** What this program starts itself with inside a network namespace. */
const PROBE = 'egress-probe';

const SIGNS = { ok: 'ok', warning: 'warning', failed: 'FAILED' } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Checks this machine, the models and the stores; says what to do.')
    .argument('[check...]', `all, or some of: ${DOCTOR_CHECKS.map(({ code }) => code).join(', ')}`)
    .option(
      '--egress',
      'whether anything connects: watches the server while it answers, and proves it where it can',
    )
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox doctor\n  answerbox doctor models disk --json\n  answerbox doctor --egress\n',
    )
    .action((names: string[], options: { json?: boolean; egress?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        if (names[0] === PROBE) return terminal.json(await runEgressProbe(config));
        const unknown = names.find((name) => !DOCTOR_CHECKS.some(({ code }) => code === name));
        if (unknown)
          throw new AnswerboxError('usage', {
            reason: `There is no check "${unknown}". See answerbox doctor --help.`,
          });
        const chosen = options.egress
          ? egressChecks([process.execPath, process.argv[1]!, 'doctor', PROBE])
          : DOCTOR_CHECKS.filter(({ code }) => names.length === 0 || names.includes(code));
        const results: DoctorResult[] = [];
        for (const check of chosen) {
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
