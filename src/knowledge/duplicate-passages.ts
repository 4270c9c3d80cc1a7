import type { KnowledgeStore } from '../stores/contracts.ts';
import { findNearDuplicates, type DuplicateGroup } from './near-duplicates.ts';

export interface DuplicatePassages {
  /** Groups of passages that are retrieved and say nearly the same, the largest first. @throws cancelled */
  find(signal?: AbortSignal): Promise<readonly DuplicateGroup[]>;
}

/** Looked for when it is asked for, and again only after the documents have changed. */
export function createDuplicatePassages(knowledge: KnowledgeStore): DuplicatePassages {
  let kept: { generation: number; groups: readonly DuplicateGroup[] } | null = null;
  return {
    find: async (signal) => {
      const { generation } = await knowledge.counts();
      if (kept?.generation === generation) return kept.groups;
      const disabled = await knowledge.excludedChunks({});
      const retrieved = {
        getChunks: (ids: readonly number[]) => knowledge.getChunks(ids),
        chunkIds: async () => (await knowledge.chunkIds()).filter((id) => !disabled.has(id)),
      };
      const groups = await findNearDuplicates(retrieved, signal);
      kept = { generation, groups };
      return groups;
    },
  };
}
