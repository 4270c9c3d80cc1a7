import { useState } from 'preact/hooks';
import { sendAttachment } from '../api/desk-api.ts';
import { describeError } from '../components/states.tsx';
import { newId } from '../data/new-id.ts';

interface StagedFile {
  id: string;
  file: File;
  /** Why the server did not take it. */
  refused: string | null;
}

export interface StagedFiles {
  files: readonly StagedFile[];
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  /** Sends one after the other, as they were chosen; what is refused stays, with the reason. */
  send: () => Promise<void>;
}

/** Files that go to the customer with the next reply; until then they can be taken back. */
export function useStagedFiles(threadId: string): StagedFiles {
  const [files, setFiles] = useState<readonly StagedFile[]>([]);
  const remove = (id: string) => setFiles((all) => all.filter((one) => one.id !== id));
  const send = async () => {
    for (const { id, file } of files)
      try {
        await sendAttachment(threadId, file);
        remove(id);
      } catch (error) {
        const refused = describeError(error);
        setFiles((all) => all.map((one) => (one.id === id ? { ...one, refused } : one)));
      }
  };
  return {
    files,
    remove,
    send,
    add: (chosen) =>
      setFiles((all) => [...all, ...chosen.map((file) => ({ id: newId(), file, refused: null }))]),
  };
}
