import type { SettingStore } from '../stores/contracts.ts';

/** When retention last ran and what it waits for; no answer rests on it. */
export const RETENTION_SETTING = 'retention_ran';

export interface RetentionState {
  /** When a run last came to its end, ISO 8601, UTC; null: none ever did. */
  ran_at: string | null;
  /** Code of the error by which the last try by itself ended; null: it did not end by one. */
  waits_for: string | null;
}

export async function readRetentionState(settings: Pick<SettingStore, 'get'>): Promise<RetentionState> {
  return parseRetentionState(await settings.get(RETENTION_SETTING));
}

/** @param text what the setting holds */
export function parseRetentionState(text: string | null): RetentionState {
  return text === null ? { ran_at: null, waits_for: null } : (JSON.parse(text) as RetentionState);
}

export async function noteRan(settings: SettingStore, at: Date): Promise<void> {
  const state: RetentionState = { ran_at: at.toISOString(), waits_for: null };
  await settings.set(RETENTION_SETTING, JSON.stringify(state));
}

export async function noteWaiting(settings: SettingStore, code: string): Promise<void> {
  const state: RetentionState = { ...(await readRetentionState(settings)), waits_for: code };
  await settings.set(RETENTION_SETTING, JSON.stringify(state));
}
