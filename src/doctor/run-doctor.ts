import type { Config } from '../config.ts';
import { DOCTOR_CHECKS, type DoctorResult } from './doctor-checks.ts';

/** Every check, or those named, one after the other in their order. @throws cancelled */
export async function runDoctor(
  config: Config,
  signal: AbortSignal,
  names: readonly string[] = [],
): Promise<DoctorResult[]> {
  const results: DoctorResult[] = [];
  for (const check of DOCTOR_CHECKS) {
    const { code, name } = check;
    if (names.length > 0 && !names.includes(code)) continue;
    results.push({ code, name, ...(await check.run(config, signal)) });
  }
  return results;
}
