/** What one file may cost, whatever is in it. Made for help desks' documents, with room to spare. */
export const PARSE_LIMITS = {
  /** Seconds of computing, 5…600: other work on the machine does not count. */
  seconds: 60,
  /** Seconds by the clock, whatever it waits for: OCR takes about 3 a page. 60…7200. */
  wallSeconds: 900,
  /** MB of memory of the process that reads, 256…8192; it starts with about 90. */
  memoryMb: 1024,
  /** Pages or slides of one document, 1…100,000. */
  pages: 3000,
  /** Characters of text out of one file, 10,000…100,000,000: about 3,000 pages. */
  characters: 8_000_000,
  /** Rows of one table or records of one list, 100…1,000,000. */
  rows: 100_000,
  /** Cells of one table, its empty ones too, 1,000…10,000,000. */
  cells: 1_000_000,
  /** Characters of one cell that are kept, 1,000…1,000,000; Excel itself stops at 32,767. */
  cellCharacters: 32_767,
  /** Containers in one another (a ZIP in a mail in a ZIP), 1…10. */
  nesting: 3,
  /** Levels of JSON, XML or list items in one another, 16…256. */
  depth: 100,
  /** Members of an archive, attachments of a mail, messages of a mailbox, 10…100,000. */
  parts: 2000,
  /** Bytes of all members of an archive unpacked, 1 MB…1 GB. */
  unpackedBytes: 200_000_000,
  /** Times that an archive may grow when unpacked, 20…1000; deflate ends at 1,032, office files at about 60. */
  ratio: 150,
  /** Bytes up to which an archive may unpack at any ratio: small files of blanks are common. */
  ratioFromBytes: 5_000_000,
  /** Pictures inside one document that are read by OCR, 0…1,000. */
  pictures: 50,
} as const;
