/** Seals single values of the stores, so that a file without its key gives them to nobody. */
export interface FieldCipher {
  /** Id of the key that new values are sealed with, 16 hex digits; null: nothing is sealed. */
  readonly current: string | null;
  /** Whether contents of customers are sealed besides secrets: only under a key of the owner's own. */
  readonly sealsContent: boolean;
  has(keyId: string): boolean;
  /**
   * @param place table, column and row: the value opens nowhere else
   * @returns the id of the key in its first bytes, see `SEALED`
   */
  seal(plain: Uint8Array, place: string): Buffer;
  /** @throws encryption_key_missing, sealed_value_damaged */
  open(sealed: Uint8Array, place: string): Buffer;
}

/** How a sealed value begins: the mark, then the id of its key. */
export const SEALED = { mark: Buffer.from('ABX1', 'latin1'), idBytes: 8 } as const;

/** The key id of a sealed value; null for a plain one. */
export function keyIdOf(value: Uint8Array): string | null {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const { mark, idBytes } = SEALED;
  if (bytes.length < mark.length + idBytes || !bytes.subarray(0, mark.length).equals(mark)) return null;
  return bytes.toString('hex', mark.length, mark.length + idBytes);
}
