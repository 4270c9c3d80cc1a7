import type { Config } from '../config.ts';

export type DoctorStatus = 'ok' | 'warning' | 'failed';
export type Evidence = Record<string, string | number | boolean>;

export interface Finding {
  status: DoctorStatus;
  message: string;
  /** The values that were looked at. */
  evidence: Evidence;
  /** What to do; null when there is nothing to do. */
  fix: string | null;
}

export interface DoctorCheck {
  code: string;
  name: string;
  /** Changes nothing that lasts, and tells of every failure by its finding. */
  run(config: Config, signal: AbortSignal): Promise<Finding>;
}

export type DoctorResult = Finding & Pick<DoctorCheck, 'code' | 'name'>;

export function ok(message: string, evidence: Evidence = {}): Finding {
  return { status: 'ok', message, evidence, fix: null };
}

export function warning(message: string, fix: string, evidence: Evidence = {}): Finding {
  return { status: 'warning', message, evidence, fix };
}

export function failed(message: string, fix: string, evidence: Evidence = {}): Finding {
  return { status: 'failed', message, evidence, fix };
}
