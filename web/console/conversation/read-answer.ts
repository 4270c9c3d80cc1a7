export interface AnswerFacts {
  citations: readonly { title: string; quote: string; url: string | null }[];
  /** 0 to 1; null where the answer has none. */
  confidence: number | null;
  outcome: string | null;
}

/** The parts of a stored answer that staff are shown; older answers may lack any of them. */
export function readAnswer(answer: Readonly<Record<string, unknown>> | null): AnswerFacts {
  const citations = Array.isArray(answer?.['citations']) ? (answer['citations'] as unknown[]) : [];
  const confidence = answer?.['confidence'];
  const outcome = answer?.['outcome'];
  return {
    citations: citations.flatMap((one) => {
      const { title, quote, url } = (one ?? {}) as Record<string, unknown>;
      if (typeof title !== 'string') return [];
      return [
        { title, quote: typeof quote === 'string' ? quote : '', url: typeof url === 'string' ? url : null },
      ];
    }),
    confidence: typeof confidence === 'number' ? confidence : null,
    outcome: typeof outcome === 'string' ? outcome : null,
  };
}
