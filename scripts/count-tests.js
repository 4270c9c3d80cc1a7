/**
 * Prints `PASSED FAILED` of a vitest JSON report. A file that could not even be loaded counts as one
 * failure, and so does a run that failed without saying where. The names of those that failed go to NAMES, a
 * line each with the first line of the reason, so that they can be said once more at the end of a long log.
 * usage: node scripts/count-tests.js REPORT EXIT_STATUS NAMES
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [path, status, names] = process.argv.slice(2);

function count() {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.error(`no test report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  for (const file of unloaded) tell(`${file.name}: ${file.message}`);
  for (const { name, assertionResults } of report.testResults) {
    for (const { status: ended, fullName, failureMessages } of assertionResults) {
      if (ended === 'failed')
        tell(`${relative(process.cwd(), name)}: ${fullName}: ${failureMessages[0] ?? ''}`);
    }
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped`);
  return { passed: report.numPassedTests, failed: failed === 0 && status !== '0' ? 1 : failed };
}

function tell(line) {
  if (names !== undefined) appendFileSync(names, `${line.split('\n')[0].slice(0, 400)}\n`);
}

const { passed, failed } = count();
console.log(`${passed} ${failed}`);
