/** What the crash test does to a server. Times in milliseconds, shares 0…1. */
export const CRASH = {
  /** Between the start of the load and the kill: anything from the first to the last. */
  load: { from: 100, to: 3_500 },
  /** Share of the kills that come while the server starts. */
  atStart: 0.2,
  /** Latest kill after such a start; it takes one to three seconds to be ready. */
  startMs: 2_500,
  /** Share of the kills that take the server's process alone; its children must then end by themselves. */
  serverAlone: 0.25,
  /** Until such children are gone. */
  orphanMs: 10_000,
  /** Until the server is ready again; a machine that others use too is slow. */
  readyMs: 180_000,
  /** Until jobs that were accepted are done. */
  jobsMs: 180_000,
  /** Every so many kills the last backup is restored into an empty folder and compared. */
  restoreEvery: 10,
} as const;
