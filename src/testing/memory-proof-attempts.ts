import type { ProofAttempts } from '../stores/contracts.ts';

/** Failed tries in memory, by the rules of the contract. */
export function createMemoryProofAttempts(): ProofAttempts {
  const rows = new Map<string, { failures: number; lastAt: number }>();
  return {
    begin: async (keys, at, { pauseSeconds, forgetSeconds }) => {
      for (const [key, row] of rows) if (row.lastAt <= at - forgetSeconds * 1000) rows.delete(key);
      const known = keys.map((key) => rows.get(key)).filter((row) => row !== undefined);
      const ends = known.map((row) => Math.min(row.lastAt, at) + pauseSeconds(row.failures) * 1000);
      const last = Math.max(at, ...ends);
      if (last > at) return last;
      for (const key of keys) rows.set(key, { failures: (rows.get(key)?.failures ?? 0) + 1, lastAt: at });
      return null;
    },
    forget: async (prefix) => {
      for (const key of rows.keys()) if (key.startsWith(prefix)) rows.delete(key);
    },
    takeBack: async (keys) => {
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined) continue;
        if (row.failures <= 1) rows.delete(key);
        else rows.set(key, { ...row, failures: row.failures - 1 });
      }
    },
  };
}
