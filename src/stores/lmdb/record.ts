import { crc32 } from 'node:zlib';

/** CRC-32 of all that follows (4 bytes), time in milliseconds since the epoch (8), length of the label (4). */
const HEADER_BYTES = 16;

export interface StoredRecord {
  /** Milliseconds since the epoch. */
  time: number;
  label: string;
  value: Buffer;
}

/** LMDB has no checksums, so each value carries one: a flipped bit is found instead of served. */
export function encodeRecord({
  time,
  label,
  value,
}: Omit<StoredRecord, 'value'> & { value: Uint8Array }): Buffer {
  const labelBytes = Buffer.from(label, 'utf8');
  const record = Buffer.alloc(HEADER_BYTES + labelBytes.length + value.length);
  record.writeDoubleBE(time, 4);
  record.writeUInt32BE(labelBytes.length, 12);
  labelBytes.copy(record, HEADER_BYTES);
  record.set(value, HEADER_BYTES + labelBytes.length);
  record.writeUInt32BE(crc32(record.subarray(4)), 0);
  return record;
}

/** Null when the bytes are not what was written. */
export function decodeRecord(bytes: Uint8Array): StoredRecord | null {
  const record = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (record.length < HEADER_BYTES || record.readUInt32BE(0) !== crc32(record.subarray(4))) return null;
  const labelEnd = HEADER_BYTES + record.readUInt32BE(12);
  return {
    time: record.readDoubleBE(4),
    label: record.toString('utf8', HEADER_BYTES, labelEnd),
    value: record.subarray(labelEnd),
  };
}

/** An object kept as JSON; null when its bytes are not what was written. */
export function decodeJsonRecord<Content>(bytes: Uint8Array): { time: number; content: Content } | null {
  const record = decodeRecord(bytes);
  if (record === null) return null;
  return { time: record.time, content: JSON.parse(record.value.toString('utf8')) as Content };
}

export function encodeJsonRecord(time: number, content: unknown): Buffer {
  return encodeRecord({ time, label: '', value: Buffer.from(JSON.stringify(content), 'utf8') });
}
