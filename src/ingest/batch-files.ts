import type { SourceFile } from './ingest-types.ts';

/** Files that are parsed and embedded together, so that chunks of many can be sorted by length. */
export const BATCH = {
  /** Most files in a batch; 1…500. A crash loses at most one batch of work. */
  files: 32,
  /** Most bytes in a batch; memory held at once is about ten times that. */
  bytes: 400_000,
} as const;

export async function* batchFiles(files: AsyncIterable<SourceFile>): AsyncGenerator<SourceFile[]> {
  let batch: SourceFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    batch.push(file);
    bytes += file.bytes.byteLength;
    if (batch.length >= BATCH.files || bytes >= BATCH.bytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
