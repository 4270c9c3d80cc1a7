/** When a failed model process is started again. */
export const RESTART = {
  /** Wait before the first new start, doubled for each failure within the window. Milliseconds, 100…10,000. */
  firstDelayMs: 500,
  /** Failures are counted together when they lie within this time. Milliseconds, 10,000…600,000. */
  windowMs: 60_000,
  /** Failures within the window after which starting stops for a while. 2…10. */
  failuresToOpen: 3,
  /** Rest before one new try. Milliseconds, 5,000…600,000. Long enough for whoever fills the memory to go. */
  openMs: 30_000,
} as const;

export interface RestartDecision {
  delayMs: number;
  /** Whether calls should fail at once until the delay is over. */
  open: boolean;
}

/** A circuit breaker with back-off. Time is passed in, so that tests need no clock. */
export class RestartPolicy {
  private failures: number[] = [];
  private probing = false;

  /** @param now monotonic milliseconds */
  failed(now: number): RestartDecision {
    this.failures = [...this.failures.filter((at) => now - at < RESTART.windowMs), now];
    const open = this.probing || this.failures.length >= RESTART.failuresToOpen;
    this.probing = open;
    return { open, delayMs: open ? RESTART.openMs : RESTART.firstDelayMs * 2 ** (this.failures.length - 1) };
  }

  /** The process has loaded; earlier failures still count until the window has passed. */
  loaded(): void {
    this.probing = false;
  }
}
