/**
 * Prints `PASSED FAILED` of a vitest JSON report. A file that could not even be loaded counts as one
 * failure, and so does a run that failed without saying where. The names of those that failed go to NAMES, a
 * line each with the place and the first line of the reason, so that they can be said once more at the end of a long log.
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
        tell(`${lineOf(name, failureMessages[0])}: ${fullName}: ${failureMessages[0] ?? ''}`);
    }
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped`);
  return { passed: report.numPassedTests, failed: failed === 0 && status !== '0' ? 1 : failed };
}

/** `FILE:LINE:COLUMN` of the test that the failure passed through; the file alone where its stack does not say. */
function lineOf(file, message = '') {
  const found = message.split('\n').find((line) => line.includes(file));
  const place = found?.slice(found.indexOf(file) + file.length).match(/^:\d+:\d+/)?.[0] ?? '';
  return relative(process.cwd(), file) + place;
}

function tell(line) {
  if (names !== undefined) appendFileSync(names, `${line.split('\n')[0].slice(0, 400)}\n`);
}

const { passed, failed } = count();
console.log(`${passed} ${failed}`);
