import { isDeepStrictEqual } from 'node:util';
import type { ChunkRecord, KnowledgeStore } from '../stores/contracts.ts';
import type { Chunk } from './ingest-types.ts';
import { listParts } from './part-source.ts';
import type { PreparedDocument } from './prepare-file.ts';

/** True: what was read of a file and of the documents inside it, the file itself last, is what is stored of them. */
export async function isAsBefore(
  read: readonly PreparedDocument[],
  knowledge: KnowledgeStore,
): Promise<boolean> {
  const { file } = read.at(-1)!;
  if ((await listParts(knowledge, file.source)).length !== read.length - 1) return false;
  for (const document of read) if (!(await isSame(document, knowledge))) return false;
  return true;
}

async function isSame(
  { file, parsed, chunks, scope, givenScope, previous, whole }: PreparedDocument,
  knowledge: KnowledgeStore,
): Promise<boolean> {
  if (!previous) return false;
  const {
    category,
    language,
    audience,
    validFrom,
    validUntil,
    owner,
    mediaType,
    title,
    problems = [],
  } = previous;
  const about = { category, language, audience, validFrom, validUntil, owner, mediaType, title, problems };
  const now = {
    ...scope,
    mediaType: parsed.mediaType,
    title: file.title ?? parsed.title,
    problems: whole?.problems ?? [],
  };
  if (!isDeepStrictEqual(now, about) || !isDeepStrictEqual(givenScope, previous.givenScope)) return false;
  if ((await knowledge.getText(previous.id)) !== parsed.text) return false;
  const stored = await knowledge.getDocumentChunks(previous.id);
  return isDeepStrictEqual(chunks.map(placeOf), stored.map(placeOf));
}

function placeOf({ headingPath, text, start, end, tokens, pages = [] }: Chunk | ChunkRecord) {
  return { headingPath, text, start, end, tokens, pages };
}
