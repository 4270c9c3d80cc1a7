import type { AnswerEvent } from '../answer/answer-types.ts';

/** Server-sent events of an answer; comment lines are heartbeats. */
export async function* readEventStream(response: Response): AsyncGenerator<AnswerEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice('data: '.length)) as AnswerEvent;
    }
  }
}
