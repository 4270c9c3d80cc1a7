export interface TestClock {
  /** Milliseconds since the epoch. */
  now: () => number;
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is moved. */
export function createTestClock(start = Date.parse('2026-03-01T12:00:00Z')): TestClock {
  let time = start;
  return { now: () => time, advance: (milliseconds) => void (time += milliseconds) };
}
