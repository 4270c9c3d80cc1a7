/**
 * Prints `PASSED FAILED` of a vitest JSON report. A file that could not even be loaded counts as one
 * failure, and so does a run that failed without saying where.
 * usage: node scripts/count-tests.js REPORT EXIT_STATUS
 */
import { readFileSync } from 'node:fs';

const [path, status] = process.argv.slice(2);

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
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped`);
  return { passed: report.numPassedTests, failed: failed === 0 && status !== '0' ? 1 : failed };
}

const { passed, failed } = count();
console.log(`${passed} ${failed}`);
