import type { AnswerEvent } from '../answer/answer-types.ts';

/** Server-sent events, of an answer unless another type is named; comment lines are heartbeats. */
export async function* readEventStream<Event = AnswerEvent>(response: Response): AsyncGenerator<Event> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice('data: '.length)) as Event;
    }
  }
}
