import { failed, ok, warning, type Finding } from './doctor-types.ts';

/** Bytes: with less than `comfortable` the system may begin to swap, with less than `least` the models do not fit. */
export const MEMORY = { comfortable: 2e9, least: 6e8 } as const;

/** @param available bytes that a new program may still take, container limits included */
export function checkMemory(available: number): Finding {
  const evidence = { available_bytes: available, comfortable_bytes: MEMORY.comfortable };
  const shown = `${(available / 1e9).toFixed(1)} GB available`;
  if (available >= MEMORY.comfortable) return ok(shown, evidence);
  const fix =
    'End other programs, or give this machine or container more memory (2 GB free are comfortable).';
  if (available >= MEMORY.least) return warning(`Only ${shown}.`, fix, evidence);
  return failed(`Only ${shown}: the models do not fit.`, fix, evidence);
}
