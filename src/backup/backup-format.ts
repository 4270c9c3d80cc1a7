import { Type, type Static } from '@sinclair/typebox';

/**
 * A backup is one file:
 *
 *   ANSWERBOX-BACKUP 1            first line: what this is, and the version of its format
 *   {"created_at": …}             second line: BACKUP_HEADER; says whether and how the rest is encrypted
 *   body                          u32 length of the manifest (big-endian), MANIFEST as JSON, then the bytes of each
 *                                 different content once, in the order in which the manifest first names it
 *   SHA-256, 32 bytes             of everything before it, as it lies in the file
 *
 * An encrypted body is cut into chunks (seal-body.ts); damage is found without the key, contents are not.
 */
export const BACKUP = {
  magic: 'ANSWERBOX-BACKUP',
  format: 1,
  /** Bytes of the checksum at the end. */
  trailerBytes: 32,
  /** Bytes of the second line at most. */
  headerBytes: 4_096,
  /** Bytes of the manifest at most: some 200,000 files. */
  manifestBytes: 64_000_000,
  /** Bytes of a body's chunk before it is encrypted; 16 KB…1 MB. Larger ones need more memory before they are proven. */
  chunkBytes: 65_536,
  /**
   * scrypt (RFC 7914): 128 MB and some 0.5 s for each guess, the first choice of OWASP's list of 2023. `mostN` bounds
   * what a foreign file may ask of this machine.
   */
  scrypt: { n: 131_072, r: 8, p: 1, mostN: 1_048_576 },
} as const;

const SHA256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const ENCRYPTION = Type.Object({
  cipher: Type.Literal('aes-256-gcm'),
  kdf: Type.Literal('scrypt'),
  n: Type.Integer({ minimum: 16_384, maximum: BACKUP.scrypt.mostN }),
  r: Type.Literal(8),
  p: Type.Literal(1),
  /** 16 bytes, base64url. */
  salt: Type.String({ pattern: '^[\\w-]{22}$' }),
  /** 7 bytes, base64url. */
  nonce: Type.String({ pattern: '^[\\w-]{10}$' }),
});
export type Encryption = Static<typeof ENCRYPTION>;

export const BACKUP_HEADER = Type.Object({
  /** Version of the program that made it. */
  program: Type.String({ maxLength: 100 }),
  /** ISO 8601, UTC. */
  created_at: Type.String({ maxLength: 40 }),
  encryption: Type.Union([ENCRYPTION, Type.Null()]),
});
export type BackupHeader = Static<typeof BACKUP_HEADER>;

const PART = Type.Object({
  /** Relative to the data folder, with forward slashes. */
  path: Type.String({ minLength: 1, maxLength: 1_000 }),
  kind: Type.Union([Type.Literal('database'), Type.Literal('memory'), Type.Literal('file')]),
  bytes: Type.Integer({ minimum: 0 }),
  sha256: SHA256,
});
export type BackupPart = Static<typeof PART>;

export const MANIFEST = Type.Object({
  /** Migrations that the database has seen. */
  schema: Type.Integer({ minimum: 0 }),
  /** Rows of each table at that moment: a copy that lost some would pass every other check. */
  rows: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  parts: Type.Array(PART, { minItems: 1 }),
  /** What lies in the data folder and is neither derived nor in here, such as links. */
  left_out: Type.Array(Type.String()),
});
export type BackupManifest = Static<typeof MANIFEST>;

/** What a command tells of a backup. */
export interface BackupSummary {
  path: string;
  bytes: number;
  /** Of the whole file but its last 32 bytes, which are it. */
  sha256: string;
  created_at: string;
  program: string;
  encrypted: boolean;
  schema: number;
  parts: number;
  rows: Record<string, number>;
  left_out: string[];
}
