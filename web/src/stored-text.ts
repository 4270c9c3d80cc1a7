/** Small texts that outlive a reload. A browser that allows no storage only loses that comfort. */
export function readStored(storage: () => Storage, key: string): string {
  try {
    return storage().getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function writeStored(storage: () => Storage, key: string, text: string): void {
  try {
    if (text === '') storage().removeItem(key);
    else storage().setItem(key, text);
  } catch {
    // Nothing to do: storage is full or forbidden.
  }
}
