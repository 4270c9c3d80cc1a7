import { randomUUID } from 'node:crypto';
import { createAnswering } from '../answer/answer-in-turn.ts';
import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import type { AnswerRequest } from '../answer/answer.ts';
import type { AnswerTools } from '../answer/path-types.ts';
import type { ReuseCounts } from '../answer/reuse-answers.ts';
import type { RetrievalWeights } from '../answer/retrieval-weights.ts';
import { suggestReply, type SuggestedReply } from '../answer/suggest-reply.ts';
import { searchKnowledge, type SearchOptions, type SearchResult } from '../answer/search-knowledge.ts';
import { whyNot, type WhyNot } from '../answer/why-not.ts';
import { watchTurn } from '../answer/watch-turn.ts';
import type { Config } from '../config.ts';
import type { Desk } from '../desk/desk.ts';
import { AnswerboxError } from '../errors.ts';
import { createLiveTurns, type LiveTurn } from '../observability/live-turns.ts';
import type { Metrics } from '../observability/metrics.ts';
import { watchAnswer } from '../observability/watch-answers.ts';
import { createIdentityVerifier, type Identity, type IdentityVerifier } from '../sources/identity-token.ts';
import type { ConversationStore, KnowledgeStore } from '../stores/contracts.ts';
import type { CacheCounts, CacheName } from '../stores/memory-contracts.ts';
import type { HistoryMessage } from '../understand/standalone-question.ts';
import type { Memory } from './open-stores.ts';

/** What customers ask of the app. */
export interface Asking {
  answer(request: AnswerRequest): AsyncGenerator<AnswerEvent, Answer>;
  /**
   * What to say to the customer's unanswered message, for staff; null when there is nothing. Stores nothing.
   * @throws models_unavailable, model_failed, overloaded, cancelled, storage_*
   */
  suggestReply(conversationId: string, signal: AbortSignal): Promise<SuggestedReply | null>;
  /** Questions that are being answered now. */
  liveTurns(): LiveTurn[];
  /** @param weights to try, instead of those in force */
  search(query: string, options: SearchOptions, weights?: RetrievalWeights): Promise<SearchResult>;
  /** How far a document came in that search. @throws document_not_found */
  whyNot(
    query: string,
    documentId: string,
    options: SearchOptions,
    weights?: RetrievalWeights,
  ): Promise<WhyNot>;
  /** A conversation in which so much was said already. */
  startConversation(history: readonly HistoryMessage[], metadata?: Record<string, unknown>): Promise<string>;
  /** Null when no key for the shop's tokens is set. */
  readonly identities: IdentityVerifier | null;
  /** Who a token of the shop vouches for. @throws identity_not_set_up, identity_token_expired, identity_token_invalid */
  identify(token: string): Promise<Identity>;
  /** How often questions were answered without computing them; of each cache, entries, hits and misses. */
  caches(): Promise<{ answers: ReuseCounts; caches: Record<CacheName, CacheCounts> }>;
}

export interface AskingParts {
  answerTools: AnswerTools;
  /** Counts nothing: what is looked up for a suggestion was asked by no customer. */
  uncounted: KnowledgeStore;
  desk: Desk;
  memory: Memory;
  metrics: Metrics;
}

export function createAsking(
  { identity_secret: secret }: Pick<Config, 'identity_secret'>,
  { answerTools, uncounted, desk, memory, metrics }: AskingParts,
): Asking {
  const identities = secret === '' ? null : createIdentityVerifier({ algorithm: 'HS256', secret });
  const answering = createAnswering(answerTools);
  const liveTurns = createLiveTurns();
  return {
    answer: (request) =>
      watchTurn(liveTurns.watch(request.message, watchAnswer(answering(request), metrics)), {
        started: (id) => desk.turnStarted(id, request.identity ?? null),
        ended: (id, how) => desk.turnEnded(id, how === 'left'),
      }),
    suggestReply: (conversationId, signal) =>
      suggestReply(conversationId, { ...answerTools, knowledge: uncounted }, signal),
    liveTurns: () => liveTurns.list(),
    whyNot: async (query, documentId, { filter = {}, ...options }, weights = answerTools.weights) => {
      const document = await answerTools.knowledge.getDocument(documentId);
      if (!document) throw new AnswerboxError('document_not_found', { id: documentId });
      return whyNot(query, document, { ...answerTools, weights }, { ...options, filter });
    },
    search: (query, options, weights = answerTools.weights) =>
      searchKnowledge(query, { ...answerTools, weights }, options),
    startConversation: (history, metadata) => startConversation(history, answerTools.conversations, metadata),
    identities,
    identify: async (token) => {
      if (identities === null) throw new AnswerboxError('identity_not_set_up');
      return identities.verify(token);
    },
    caches: async () => ({
      answers: { ...(answerTools.reuse?.counts ?? { exact: 0, near: 0, joined: 0, miss: 0 }) },
      caches: await memory.cache.counts(),
    }),
  };
}

async function startConversation(
  history: readonly HistoryMessage[],
  conversations: ConversationStore,
  metadata: Record<string, unknown> = {},
): Promise<string> {
  const conversationId = await conversations.createConversation(metadata);
  for (const { role, text } of history)
    await conversations.addMessage({ id: randomUUID(), conversationId, role, text, answer: null });
  return conversationId;
}
