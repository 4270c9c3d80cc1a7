// Exit status 0 when the server in this container is alive. The slim image has no curl.
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const port = process.env['ANSWERBOX_PORT'] ?? '8080';

/** @returns {Promise<string | null>} null when it is alive, or why it is not */
function ask(request, scheme) {
  return new Promise((resolve) => {
    // Nothing is told or believed here, and no certificate holds this address.
    const options = { timeout: 2000, rejectUnauthorized: false };
    const asked = request(`${scheme}://127.0.0.1:${port}/healthz`, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? null : `${response.statusCode}`);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in 2 seconds')));
    asked.on('error', (error) => resolve(error.code ?? error.message));
    asked.end();
  });
}

// Whether it serves https is said in its settings, which may stand in a file: both are tried.
const plain = await ask(requestHttp, 'http');
const problem = plain === null ? null : await ask(requestHttps, 'https');
if (problem !== null) {
  console.error(`/healthz: http ${plain}, https ${problem}`);
  process.exitCode = 1;
}
