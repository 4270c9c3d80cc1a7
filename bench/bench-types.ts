/** What a benchmark hands back: rows for the table and for JSON, and what must be said with them. */
export interface BenchResult {
  rows: BenchRow[];
  /** How it was measured, sizes, and what is not as in real life. */
  notes: string[];
}

export type BenchRow = Record<string, string | number | Spread | null>;

/** Of several runs. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

export interface BenchContext {
  /** A two-minute run: fewer questions, smaller sets, fewer runs. */
  quick: boolean;
  /** Documents or pages, where a benchmark has such a size; undefined: its own. */
  size: number | undefined;
  /** Of what is drawn at random, where a benchmark draws; undefined: its own. */
  seed: number | undefined;
  /** Open conversations, and messages a second over all of them; undefined: the benchmark's own. */
  sockets: number | undefined;
  rate: number | undefined;
  signal: AbortSignal;
  say: (message: string) => void;
}

export interface Bench {
  name: string;
  about: string;
  run: (context: BenchContext) => Promise<BenchResult>;
}
