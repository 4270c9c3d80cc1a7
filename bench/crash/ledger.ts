import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * What was asked of the server, and what it acknowledged, outside its data folder. `wanted` comes before the
 * request, so that what was neither acknowledged nor refused is known too: it may be there or not, but not half.
 */
export type LedgerLine =
  | { type: 'ask'; id: string; text: string; acknowledged: boolean; answer?: string; conversation?: string }
  | { type: 'document'; source: string; word: string; acknowledged: boolean; job?: string }
  | { type: 'document-there'; source: string; id: string }
  | { type: 'document-removed'; source: string; acknowledged: boolean }
  | { type: 'ticket'; subject: string; acknowledged: boolean; number?: number }
  | { type: 'ticket-status'; number: number; status: string; acknowledged: boolean }
  | { type: 'reply'; id: string; thread: string; text: string; acknowledged: boolean }
  | { type: 'person'; word: string; email: string; acknowledged: boolean; ticket?: number }
  | { type: 'erase'; word: string; email: string; acknowledged: boolean }
  | { type: 'key'; id: string; key: string }
  | { type: 'key-removed'; id: string; acknowledged: boolean }
  | { type: 'head'; head: string }
  | { type: 'backup'; file: string; since: number; acknowledged: boolean };

export type LineOf<Type extends LedgerLine['type']> = Extract<LedgerLine, { type: Type }>;

export class Ledger {
  readonly #path: string;
  readonly lines: LedgerLine[];

  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.lines = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LedgerLine);
  }

  write(line: LedgerLine): void {
    this.lines.push(line);
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  of<Type extends LedgerLine['type']>(type: Type, from = 0): LineOf<Type>[] {
    return this.lines.slice(from).filter((line): line is LineOf<Type> => line.type === type);
  }

  /** Lines of a kind that the server acknowledged; the later of two with the same key counts. */
  acknowledged<Type extends LedgerLine['type']>(type: Type): LineOf<Type>[] {
    return this.of(type).filter((line) => !('acknowledged' in line) || line.acknowledged);
  }

  /** Wanted, and never acknowledged. */
  open<Type extends LedgerLine['type']>(type: Type, key: keyof LineOf<Type>, from = 0): LineOf<Type>[] {
    const done = new Set(this.acknowledged(type).map((line) => line[key]));
    const lines = this.of(type, from).filter((line) => !done.has(line[key]));
    return [...new Map(lines.map((line) => [line[key], line])).values()];
  }
}
