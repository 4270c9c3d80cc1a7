import { describe, expect, it } from 'vitest';
import { listenHttp } from '../testing/listen-http.ts';
import { sendWebhook, signWebhook } from './send-webhook.ts';

const DELIVERY = { body: '{"a":1}', secret: 'secret', id: 'd1', signal: AbortSignal.timeout(60_000) };

describe('a webhook', () => {
  it('goes to the address that was checked, whatever its name leads to meanwhile', async () => {
    const receiver = await listenHttp((_request, response) => response.end());
    const port = receiver.host.split(':')[1];
    // Nobody knows this name: a second look-up of it could only fail.
    const url = new URL(`http://rebind.invalid:${port}/hook`);
    await sendWebhook({ url, address: '127.0.0.1', family: 4 }, DELIVERY);
    expect(receiver.received).toMatchObject([
      { method: 'POST', url: '/hook', headers: { host: `rebind.invalid:${port}` }, body: '{"a":1}' },
    ]);
    const signature = String(receiver.received[0]!.headers['answerbox-signature']);
    expect(signature).toBe(signWebhook('secret', '{"a":1}', Number(/t=(\d+)/.exec(signature)![1])));
  });

  it('follows no redirect, inside or out', async () => {
    const inner = await listenHttp((_request, response) => response.end('inner'));
    const outer = await listenHttp((_request, response) =>
      response.writeHead(307, { location: `http://${inner.host}/` }).end(),
    );
    const target = { url: new URL(`http://${outer.host}/`), address: '127.0.0.1', family: 4 as const };
    await expect(sendWebhook(target, DELIVERY)).rejects.toThrow('it answered 307');
    expect(outer.received).toHaveLength(1);
    expect(inner.received).toEqual([]);
  });

  it('lets no endless answer run on', async () => {
    const endless = await listenHttp((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const target = { url: new URL(`http://${endless.host}/`), address: '127.0.0.1', family: 4 as const };
    await sendWebhook(target, DELIVERY);
    expect(endless.received).toHaveLength(1);
  });
});
