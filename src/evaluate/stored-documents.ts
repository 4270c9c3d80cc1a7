import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import type { EvaluationDocument } from './evaluation-types.ts';

const PAGE = 100;

/**
 * The documents of the data folder, as they were uploaded, for measuring on one's own; a running server is not
 * disturbed. A document's id is its source; `namesDocument` also knows it by the end of its path.
 * @throws evaluation_file_invalid when the folder holds none; store_damaged, storage_failed
 */
export async function* storedDocuments({
  data_dir,
}: Pick<Config, 'data_dir'>): AsyncGenerator<EvaluationDocument> {
  const path = join(resolve(data_dir), 'answerbox.sqlite');
  const nothing = {
    path,
    line: 0,
    reason: 'the data folder holds no documents yet; ingest some, or name them with --documents',
  };
  if (!existsSync(path)) throw new AnswerboxError('evaluation_file_invalid', nothing);
  const database = openDatabase(path);
  try {
    const knowledge = createSqliteKnowledgeStore(database);
    let after: string | undefined;
    for (let given = 0; ;) {
      const page = await knowledge.listDocuments({ limit: PAGE, ...(after !== undefined && { after }) });
      if (page.length === 0 && given === 0) throw new AnswerboxError('evaluation_file_invalid', nothing);
      for (const { id, source, title, url, mediaType } of page) {
        const bytes = await knowledge.getOriginal(id);
        if (!bytes) continue;
        given += 1;
        const name = source.split('/').at(-1) ?? source;
        yield {
          docId: source,
          file: { source, name, bytes, mediaType, title, ...(url !== null && { url }) },
        };
      }
      after = page.at(-1)?.source;
      if (page.length < PAGE) return;
    }
  } finally {
    database.close();
  }
}

/** Does one of these names mean the document: its id, or the end of its path? */
export function namesDocument(names: readonly string[], docId: string | undefined): boolean {
  return (
    docId !== undefined &&
    names.some((name) => docId === name || docId.endsWith(`/${name}`) || docId.endsWith(`:${name}`))
  );
}
