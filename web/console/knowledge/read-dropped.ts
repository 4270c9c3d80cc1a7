/** A file with the path that it had in the folder that was dropped or chosen. */
export interface PathedFile {
  path: string;
  size: number;
  file: File;
}

export function pathed(file: File, path = file.webkitRelativePath || file.name): PathedFile {
  return { path, size: file.size, file };
}

/** All files of a drop, those in folders too. Must be called in the drop event itself: its items are gone after it. */
export function readDropped(transfer: DataTransfer): Promise<PathedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((file) => pathed(file)));
  return Promise.all(entries.map(readEntry)).then((lists) => lists.flat());
}

async function readEntry(entry: FileSystemEntry): Promise<PathedFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [pathed(file, path)];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: PathedFile[] = [];
  for (;;) {
    // A browser hands over a hundred entries at a time, and none at the end.
    const page = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (page.length === 0) return files;
    for (const one of page) files.push(...(await readEntry(one)));
  }
}
