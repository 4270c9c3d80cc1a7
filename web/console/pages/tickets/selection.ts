/** Tickets that were chosen for a step in bulk, by number. */
export type Selection = ReadonlySet<number>;

export function toggle(selection: Selection, number: number): Selection {
  const next = new Set(selection);
  if (!next.delete(number)) next.add(number);
  return next;
}

/** Everything between two rows, both included, as Shift and a click choose; an unknown first row counts for nothing. */
export function addRange(
  selection: Selection,
  numbers: readonly number[],
  from: number | null,
  to: number,
): Selection {
  const [one, other] = [from === null ? -1 : numbers.indexOf(from), numbers.indexOf(to)];
  if (one === -1 || other === -1) return new Set([...selection, to]);
  return new Set([...selection, ...numbers.slice(Math.min(one, other), Math.max(one, other) + 1)]);
}
