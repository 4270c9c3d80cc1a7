/** What an import of products or orders takes, and says. */
export const TABLE_IMPORT = {
  /** Bytes of a file; 100,000 products with descriptions have about 40 MB. */
  mostBytes: 200_000_000,
  /** Characters of one record: an opening quote that is never closed must not swallow the memory. */
  mostRecordCharacters: 1_000_000,
  /** Records from which separators, number style and columns are guessed before the first row is made. */
  sampleRecords: 200,
  /** Bytes looked at to tell text from binary files. */
  sampleBytes: 65_536,
  /** Characters decoded at once. */
  sliceBytes: 65_536,
  /** Bad rows and duplicates that are told one by one; the rest is counted. */
  reported: 100,
  /** Characters of one cell that a row may hold. */
  mostCellCharacters: 20_000,
  /** Characters of a price, a stock or an item; longer ones are not looked into (patterns would take long). */
  mostNumberCharacters: 200,
} as const;

/** Currency of a price that names none, when the file does not either. */
export const DEFAULT_CURRENCY = 'EUR';
