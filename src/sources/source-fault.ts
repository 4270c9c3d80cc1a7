/** Why a source could not be asked or believed. The message is for the trace: no secrets, no customer data. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  /** Whether the same request may well succeed when it is sent again. */
  readonly retry: boolean;

  constructor(reason: string, { retry = false, cause }: { retry?: boolean; cause?: unknown } = {}) {
    super(reason, cause === undefined ? undefined : { cause });
    this.retry = retry;
  }
}
