import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookTarget } from './webhook-target.ts';

const SEND = {
  /** Milliseconds until an answer must have come. */
  timeoutMs: 10_000,
  /** Bytes of an answer that are read; nothing is done with them. */
  answerBytes: 64_000,
} as const;

/** HMAC-SHA256 of "time.body" under the webhook's secret, as in the header `Answerbox-Signature`. */
export function signWebhook(secret: string, body: string, unixSeconds: number): string {
  const mac = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${mac}`;
}

/**
 * One POST to the address that was looked up and checked. No redirect is followed.
 * @throws Error with the reason when the answer is not 2xx or does not come
 */
export async function sendWebhook(
  { url, address, family }: WebhookTarget,
  { body, secret, id, signal }: { body: string; secret: string; id: string; signal: AbortSignal },
): Promise<void> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const seconds = Math.floor(Date.now() / 1000);
  const status = await new Promise<number>((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        signal: AbortSignal.any([signal, AbortSignal.timeout(SEND.timeoutMs)]),
        agent: false,
        lookup: (_host, options, done) => {
          if (options.all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
        ...(url.protocol === 'https:' && isIP(url.hostname) === 0 && { servername: url.hostname }),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Answerbox',
          'answerbox-delivery': id,
          'answerbox-signature': signWebhook(secret, body, seconds),
        },
      },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > SEND.answerBytes) response.destroy();
        });
        response.on('close', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
  if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
}
