// Exit status 0 when the server in this container is alive. The slim image has no curl.
const port = process.env['ANSWERBOX_PORT'] ?? '8080';
const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4000) }).catch(
  (error) => ({ ok: false, status: error.cause?.code ?? error.message }),
);
if (!response.ok) {
  console.error(`/healthz: ${response.status}`);
  process.exitCode = 1;
}
