import type { Page } from 'playwright-core';

/** Holds back each event of an answer by this long, so that a test can act in the middle of a real one. */
export async function slowAnswers(page: Page, milliseconds: number): Promise<void> {
  await page.addInitScript((delay) => {
    const realFetch = window.fetch.bind(window);
    const slowly = () => {
      const decoder = new TextDecoder();
      return new TransformStream<Uint8Array, Uint8Array>({
        async transform(chunk, controller) {
          for (const event of decoder.decode(chunk, { stream: true }).split(/(?<=\n\n)/)) {
            await new Promise((resolve) => setTimeout(resolve, delay));
            controller.enqueue(new TextEncoder().encode(event));
          }
        },
      });
    };
    window.fetch = async (input, init) => {
      // What happens in the conversation comes by the same slow line, or it would tell the answer first.
      if (typeof input === 'string' && input.includes('/events?'))
        await new Promise((resolve) => setTimeout(resolve, 20 * delay));
      const response = await realFetch(input, init);
      const asksChat = typeof input === 'string' && input.endsWith('/api/v1/chat');
      if (!asksChat || !response.ok || !response.body) return response;
      return new Response(response.body.pipeThrough(slowly()), response);
    };
  }, milliseconds);
}
