import { randomUUID } from 'node:crypto';
import type { CompletionEnd } from './completion-events.ts';

/** How a completion is written: as a chat's message or as a text. */
export type CompletionKind = 'chat' | 'text';

/** One completion's own fields, the same in every chunk. */
export interface CompletionShape {
  /** The whole completion as one body. */
  whole(text: string, end: CompletionEnd): object;
  /** The chunk that opens a stream; null when there is none. */
  opening(): object | null;
  text(text: string): object;
  /** The chunks that close a stream. */
  closing(end: CompletionEnd): object[];
}

export interface ShapeOptions {
  kind: CompletionKind;
  model: string;
  /** The caller asked for a last chunk with the counts. */
  includeUsage: boolean;
}

export function completionShape({ kind, model, includeUsage }: ShapeOptions): CompletionShape {
  const created = Math.floor(Date.now() / 1000);
  const id = `${kind === 'chat' ? 'chatcmpl' : 'cmpl'}-${randomUUID()}`;
  const common = { id, created, model };
  const streamed = {
    ...common,
    object: kind === 'chat' ? 'chat.completion.chunk' : 'text_completion',
    // With counts to come, the other chunks say that they have none.
    ...(includeUsage && { usage: null }),
  };
  const chunk = (content: object, finish_reason: string | null = null): object => ({
    ...streamed,
    choices: [{ index: 0, ...content, logprobs: null, finish_reason }],
  });
  const delta = (fields: object): object => chunk({ delta: fields });
  const extension = ({ answer }: CompletionEnd): object => (answer ? { answerbox: answer } : {});

  return {
    whole: (text, end) => ({
      ...common,
      object: kind === 'chat' ? 'chat.completion' : 'text_completion',
      choices: [
        {
          index: 0,
          ...(kind === 'text'
            ? { text }
            : {
                message: {
                  role: 'assistant',
                  content: text,
                  refusal: null,
                  annotations: end.annotations,
                },
              }),
          logprobs: null,
          finish_reason: end.finish,
        },
      ],
      usage: end.usage,
      ...extension(end),
    }),
    opening: () => (kind === 'chat' ? delta({ role: 'assistant', content: '' }) : null),
    text: (text) => (kind === 'chat' ? delta({ content: text }) : chunk({ text })),
    closing: (end) => [
      ...(end.annotations.length > 0 && kind === 'chat'
        ? [delta({ content: '', annotations: end.annotations })]
        : []),
      { ...chunk(kind === 'chat' ? { delta: {} } : { text: '' }, end.finish), ...extension(end) },
      ...(includeUsage ? [{ ...streamed, choices: [], usage: end.usage }] : []),
    ],
  };
}
