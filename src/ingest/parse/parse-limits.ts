/** What one file may cost, whatever is in it. Made for help desks' documents, with room to spare. */
export const PARSE_LIMITS = {
  /** Seconds of computing, 5…600: other work on the machine does not count. */
  seconds: 60,
  /** Seconds by the clock, whatever it waits for: OCR takes about 3 a page. 60…7200. */
  wallSeconds: 900,
  /**
   * Niceness of the process that reads and of the OCR that it starts, 0…19: what has to be answered comes first.
   * Waiting processes of the same niceness share a core evenly; at 10 this one gets about a tenth of it.
   */
  niceness: 10,
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
  /** Pages of one PDF that are pictures and read by OCR, 0…3,000: what fits into `ocrSeconds` at 2 seconds each. */
  scannedPages: 300,
  /**
   * Seconds by the clock after the file was begun from which on no further picture is read, 10…7000: less than
   * `wallSeconds` by more than one picture may take, so that what was read by then is kept.
   */
  ocrSeconds: 720,
  /** Seconds of computing, from which on no further page is drawn for OCR, 1…500: the rest is for the text. */
  ocrComputeSeconds: 40,
} as const;
