import { AnswerboxError } from '../errors.ts';
import type { AuditStore, SettingStore } from '../stores/contracts.ts';
import type { PrivacyStore } from '../stores/privacy-contracts.ts';
import { PRIVACY } from './privacy-settings.ts';

/** When a run by itself last looked at the clock; no answer rests on it. */
export const CLOCK_SETTING = 'retention_clock';

export interface ClockTools {
  settings: SettingStore;
  store: Pick<PrivacyStore, 'newestRow'>;
  audit: Pick<AuditStore, 'list'>;
  /** True while it is known that the clock was set. */
  clockWasSet: () => boolean;
  now: () => Date;
}

interface Look {
  /** ISO 8601, UTC, as the clock said then. */
  at: string;
  /** The look that first found a jump; null: none did, or it is long enough ago. */
  jumped: string | null;
}

const DAY_MS = 86_400_000;

/**
 * Before what is too old goes by itself. Nothing tells a clock that jumped from a server that was off: either way
 * some days pass in which somebody can look at the plan. What the last look left counts first, since rows may
 * have been written by the wrong clock already; rows where there was none.
 * @throws retention_clock
 */
export async function trustClock(tools: ClockTools): Promise<void> {
  const { settings, clockWasSet } = tools;
  const now = tools.now();
  const before = readLook(await settings.get(CLOCK_SETTING));
  const last = before?.at ?? (await newestRow(tools)) ?? now.toISOString();
  const days = (now.getTime() - Date.parse(last)) / DAY_MS;
  const isJump = clockWasSet() || Math.abs(days) > PRIVACY.clockGapDays;
  const known = isJump ? now.toISOString() : (before?.jumped ?? null);
  const settled = known === null || now.getTime() - Date.parse(known) >= PRIVACY.clockSettleDays * DAY_MS;
  const look: Look = { at: now.toISOString(), jumped: settled && !isJump ? null : known };
  await settings.set(CLOCK_SETTING, JSON.stringify(look));
  if (isJump || !settled) throw new AnswerboxError('retention_clock', { days: PRIVACY.clockSettleDays });
}

async function newestRow({ store, audit }: ClockTools): Promise<string | null> {
  const [line] = await audit.list({ limit: 1 });
  return (
    [await store.newestRow(), line?.at ?? null]
      .filter((at) => at !== null)
      .sort()
      .at(-1) ?? null
  );
}

function readLook(text: string | null): Look | null {
  return text === null ? null : (JSON.parse(text) as Look);
}
