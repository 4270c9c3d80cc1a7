import { onTestFinished } from 'vitest';

export type DeskStreamEvent = Record<string, unknown> & { type: string };

export interface DeskStream {
  /** The headers are there. */
  opened: Promise<void>;
  /** All events up to the first that fits, which comes last; waits for it. */
  until(fits: (event: DeskStreamEvent) => boolean): Promise<DeskStreamEvent[]>;
}

/** Reads a stream of the desk as a browser does; closed with the test. */
export function readDeskStream(url: string, path: string, headers: Record<string, string> = {}): DeskStream {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const events: DeskStreamEvent[] = [];
  let wake = (): void => undefined;
  let failure: unknown = null;
  const response = fetch(url + path, { headers, signal: controller.signal });
  const opened = response.then(({ status }) => {
    if (status !== 200) throw new Error(`the stream ${path} answered ${status}`);
  });
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of (await response).body!.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) events.push(JSON.parse(data) as DeskStreamEvent);
      }
      wake();
    }
  };
  read().catch((error: unknown) => {
    failure = error;
    wake();
  });
  return {
    opened,
    until: async (fits) => {
      await opened;
      for (;;) {
        const index = events.findIndex(fits);
        if (index !== -1) return events.slice(0, index + 1);
        if (failure !== null) throw new Error('the stream broke off before it came', { cause: failure });
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
