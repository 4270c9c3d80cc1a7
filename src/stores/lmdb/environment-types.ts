import type { Database } from 'lmdb';

/** Keys and values are bytes; `getBinary` copies them out of the map. */
export type Table = Database<Buffer, Buffer>;
/** @throws TypeError for a table that the environment was not opened with */
export type Tables = (name: string) => Table;
export type Log = (level: 'info' | 'warn' | 'error', message: string) => void;
/** Milliseconds since the epoch. */
export type Clock = () => number;
