import type { App } from '../app.ts';
import type { RetrievalTools } from '../answer/retrieve-knowledge.ts';
import { searchKnowledge, type SearchOptions, type SearchResult } from '../answer/search-knowledge.ts';

/**
 * Milliseconds from the question to each stage's result. `bm25` and `vector` are the time that each
 * search takes by itself (`vector` with the embedding of the question); `hybrid` is until both lists are
 * fused, `reranked` until the reader has ordered the best of them.
 */
export interface StageTimes {
  bm25: number;
  vector: number;
  hybrid: number;
  reranked: number;
}

/** The app's own search, its stages timed from outside. */
export async function timeRetrieval(
  query: string,
  app: Pick<App, 'knowledge' | 'vectors' | 'models' | 'answerTools'>,
  options: SearchOptions,
): Promise<{ result: SearchResult; times: StageTimes }> {
  const spent = { bm25: 0, vector: 0 };
  const timed = async <Result>(stage: keyof typeof spent, work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      spent[stage] += performance.now() - started;
    }
  };
  const { knowledge, vectors, models } = app;
  const { words, sentences, hints = [], weights } = app.answerTools;
  const { embedder } = models;
  const tools: RetrievalTools = {
    words,
    sentences,
    hints,
    weights,
    retrievals: null,
    knowledge: overlay(knowledge, {
      searchKeywords: (text, limit) => timed('bm25', () => knowledge.searchKeywords(text, limit)),
    }),
    vectors: overlay(vectors, {
      search: (vector, limit) => timed('vector', () => vectors.search(vector, limit)),
    }),
    models: overlay(models, {
      embedder: overlay(embedder, {
        embed: (texts, how) => timed('vector', () => embedder.embed(texts, how)),
      }),
    }),
  };
  const result = await searchKnowledge(query, tools, options);
  const { retrieve, rerank } = result.timings;
  return { result, times: { ...spent, hybrid: retrieve, reranked: retrieve + rerank } };
}

/** The object with some members replaced; the others, getters too, stay its own. */
function overlay<Target extends object>(target: Target, replaced: Partial<Target>): Target {
  return Object.assign(Object.create(target) as Target, replaced);
}
