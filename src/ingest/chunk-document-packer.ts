import type { Chunking } from './chunk-document-settings.ts';
import type { Unit } from './chunk-document-units.ts';

/** Decides where chunks end, by sums over units that were counted once. */
export class ChunkPacker {
  readonly longest: number;
  readonly #units: readonly Unit[];
  readonly #settings: Chunking;
  /** Tokens of all units before this index, heading lines included. */
  readonly #before: number[] = [0];
  /** Index behind the last unit of the section, or of the lead-in with its list, that this unit is in. */
  readonly #sectionEnd: number[] = [];
  readonly #seriesEnd: number[] = [];
  readonly #seriesStart: number[] = [];

  constructor(units: readonly Unit[], settings: Chunking) {
    this.#units = units;
    this.#settings = settings;
    this.longest = settings.maxTokens * settings.charactersPerToken;
    units.forEach((unit, index) => {
      this.#before.push((this.#before[index] ?? 0) + unit.leadTokens + unit.tokens);
      this.#seriesStart.push(unit.staysWithPrevious ? (this.#seriesStart[index - 1] ?? index) : index);
    });
    for (let index = units.length - 1; index >= 0; index -= 1) {
      const next = units[index + 1];
      this.#sectionEnd[index] = !next || next.startsSection ? index + 1 : (this.#sectionEnd[index + 1] ?? 0);
      this.#seriesEnd[index] = !next?.staysWithPrevious ? index + 1 : (this.#seriesEnd[index + 1] ?? 0);
    }
  }

  /** Index of the last unit of the chunk that begins with `first`. */
  lastOf(first: number, budget: number): number {
    let index = first + 1;
    while (index < this.#units.length && !this.#endsBefore(index, first, budget)) index += 1;
    const overflowed = this.#units[index];
    const isTornLeadIn = overflowed?.staysWithPrevious && !this.#units[index - 1]?.staysWithPrevious;
    return isTornLeadIn && index - 1 > first && this.#sum(index - 1, index + 1) <= budget
      ? index - 2
      : index - 1;
  }

  #endsBefore(index: number, first: number, budget: number): boolean {
    const unit = this.#units[index]!;
    const held = this.#sum(first, index);
    const isFull =
      this.#sum(first, index + 1) > budget || unit.end - this.#units[first]!.start > this.longest;
    if (isFull) return true;
    if (unit.startsSection && held >= this.#settings.minTokens) return true;
    const seriesEnd = this.#seriesEnd[index] ?? index + 1;
    const isSeries = seriesEnd > index + 1;
    if (unit.staysWithPrevious) {
      return !this.#seriesFits(index, budget) && held >= this.#settings.targetTokens;
    }
    const fitsWithSeries = this.#sum(first, seriesEnd) <= budget;
    if (isSeries && !fitsWithSeries && this.#sum(index, seriesEnd) <= budget) return true;
    if (held < this.#settings.minTokens || this.#sum(first, seriesEnd) <= this.#settings.targetTokens)
      return false;
    return this.#sum(first, this.#sectionEnd[index] ?? index + 1) > budget;
  }

  /** Says whether the whole series that this unit is part of fits a chunk of its own. */
  #seriesFits(index: number, budget: number): boolean {
    return this.#sum(this.#seriesStart[index] ?? index, this.#seriesEnd[index] ?? index + 1) <= budget;
  }

  /** Tokens of the units [from, to) as one text; heading lines before the first are left out. */
  #sum(from: number, to: number): number {
    return (this.#before[to] ?? 0) - (this.#before[from] ?? 0) - (this.#units[from]?.leadTokens ?? 0);
  }
}
