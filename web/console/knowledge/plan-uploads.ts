import type { UploadLimits } from '../api/knowledge-types.ts';

/** A file that somebody chose, and its path in the folder that it came with. */
export interface ChosenFile {
  path: string;
  size: number;
}

export interface Refused<File extends ChosenFile> {
  file: File;
  reason: 'too_large' | 'empty' | 'hidden';
}

/** Files and bytes of one request at most: progress is told for each, and a broken line costs one of them. */
export const BATCH = { files: 100, bytes: 16_000_000 } as const;
/** Bytes of a form around each file: its headers. */
const AROUND = 1_000;
/** What folders hold that nobody wrote. */
const HIDDEN = /(^|\/)(\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/;

/** What can be sent, in requests that the server takes; what cannot, and why. */
export function planUploads<File extends ChosenFile>(
  files: readonly File[],
  limits: Pick<UploadLimits, 'document_bytes' | 'request_bytes' | 'files'>,
): { batches: File[][]; refused: Refused<File>[] } {
  const refused: Refused<File>[] = [];
  const batches: File[][] = [];
  const most = { files: Math.min(BATCH.files, limits.files), bytes: limits.request_bytes };
  let bytes = 0;
  for (const file of files) {
    const reason = reasonAgainst(file, Math.min(limits.document_bytes, limits.request_bytes - AROUND));
    if (reason) {
      refused.push({ file, reason });
      continue;
    }
    const size = file.size + AROUND;
    const last = batches.at(-1);
    const fits = last && last.length < most.files && bytes + size <= Math.min(BATCH.bytes, most.bytes);
    if (fits) last.push(file);
    else batches.push([file]);
    bytes = fits ? bytes + size : size;
  }
  return { batches, refused };
}

function reasonAgainst({ path, size }: ChosenFile, most: number): Refused<ChosenFile>['reason'] | null {
  if (HIDDEN.test(path)) return 'hidden';
  if (size === 0) return 'empty';
  return size > most ? 'too_large' : null;
}
