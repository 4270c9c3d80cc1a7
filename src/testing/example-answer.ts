import type { Answer, Citation } from '../answer/answer-types.ts';

export function exampleCitation(quote: string, title = 'Returns'): Citation {
  return { index: 1, document_id: 'd', title, url: null, quote, start: 0, end: quote.length };
}

export function exampleAnswer(changes: Partial<Answer> = {}): Answer {
  return {
    conversation_id: 'c',
    message_id: 'm',
    outcome: 'answered',
    answer: 'You can return boots within 60 days. [1]',
    confidence: 0.9,
    intent: null,
    language: 'en',
    quick_replies: [],
    citations: [exampleCitation('You can return boots within 60 days.')],
    products: [],
    order: null,
    ticket: null,
    mode: 'extractive',
    timings_ms: {
      total: 1,
      preprocess: 0,
      intent: 0,
      live: 0,
      retrieve: 0,
      rerank: 0,
      first_token: 0,
      generate: 0,
      verify: 0,
    },
    ...changes,
  };
}
