import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { ok, warning, type Finding } from './doctor-types.ts';

export async function checkCpu(): Promise<Finding> {
  const table = await readFile('/proc/cpuinfo', 'utf8').catch(() => null);
  return judgeCpu({
    architecture: process.arch,
    cores: availableParallelism(),
    name: cpus()[0]?.model ?? 'unknown',
    table,
  });
}

export interface CpuFacts {
  architecture: string;
  cores: number;
  name: string;
  /** /proc/cpuinfo; null on systems without it. */
  table: string | null;
}

export function judgeCpu({ architecture, cores, name, table }: CpuFacts): Finding {
  const flags = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(table ?? '')?.[1]?.split(' ') ?? []);
  const has = (...names: string[]): boolean => names.some((one) => flags.has(one));
  const evidence = {
    name,
    architecture,
    cores,
    avx2: has('avx2'),
    avx512: has('avx512f'),
    vnni: has('avx512_vnni', 'avx_vnni'),
    amx: has('amx_tile'),
  };
  const found = [
    evidence.avx2 && 'AVX2',
    evidence.avx512 && 'AVX-512',
    evidence.vnni && 'VNNI',
    evidence.amx && 'AMX',
  ].filter(Boolean);
  if (architecture === 'x64' && table === null) {
    return warning(
      `${name}, ${cores} cores; what it can do could not be read.`,
      'Look up whether this processor has AVX2; without it answers are slow.',
      evidence,
    );
  }
  if (architecture === 'x64' && !evidence.avx2) {
    return warning(
      `${name} has no AVX2: models run several times slower.`,
      "Use a processor with AVX2 (Intel since 2013, AMD since 2015); in a virtual machine pass the host's processor type through.",
      evidence,
    );
  }
  if (cores < 2)
    return warning(
      `One core: ingest and questions wait for each other.`,
      'Give this machine or container two cores or more.',
      evidence,
    );
  return ok(`${name}, ${cores} cores${found.length > 0 ? `, ${found.join(', ')}` : ''}`, evidence);
}
