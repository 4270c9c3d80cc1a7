import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../shop-files.ts';

/** Bytes that a disk writes whole or not at all. */
const SECTOR = 512;

/** `drop`: nothing of what was not synced is there; `torn`: any sectors of it, as chance will. */
export type Loss = 'drop' | 'torn';

/** A disk whose power can be cut, without root: see disk-shadow.c. Linux with gcc. */
export interface ShadowedDisk {
  /** What the processes that write are started with. */
  environment: Record<string, string>;
  /**
   * The folder becomes what a disk would hold of it. No process may have it open any more.
   * @returns files that are other than they were
   */
  losePower(loss: Loss, random: () => number): string[];
}

/** Null where there is no compiler, or none is needed: power cuts are tried on Linux alone. */
export function compilerOf(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return 'gcc';
  } catch {
    return null;
  }
}

/**
 * @param folder what is watched; what is in it now counts as synced
 * @param shadow folder of its own, outside of it; emptied
 * @param syncMs milliseconds that each sync takes besides
 * @param lies syncs are told to be done and are not: what is tested must be seen to fail
 */
export function shadowDisk(
  folder: string,
  shadow: string,
  { syncMs = 0, lies = false }: { syncMs?: number; lies?: boolean } = {},
): ShadowedDisk {
  rmSync(shadow, { recursive: true, force: true });
  mkdirSync(shadow, { recursive: true });
  const library = join(shadow, 'disk-shadow.so');
  const source = `${ROOT}/bench/crash/disk-shadow.c`;
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl', '-lpthread']);
  settle(folder, shadow);
  return {
    environment: {
      LD_PRELOAD: library,
      DISK_ROOT: folder,
      DISK_SHADOW: shadow,
      ...(syncMs > 0 && { DISK_SYNC_MS: String(syncMs) }),
      ...(lies && { DISK_LIES: '1' }),
      // The kernel goes on here, so that LMDB would take its last commit for whole; after a power cut it does not.
      LMDB_RESTORE: 'safe',
    },
    losePower: (loss, random) => {
      const changed = replaceBy(folder, diskOf(folder, shadow, loss, random));
      settle(folder, shadow);
      return changed;
    },
  };
}

const keyOf = (path: string): string => {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return `${ino}-${birthtimeNs / 1_000_000_000n}-${birthtimeNs % 1_000_000_000n}`;
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const namesOf = (folder: string): string => (folder === '.' ? '@' : folder.replaceAll('/', ':'));

/** All that is in the folder is on the disk. */
function settle(folder: string, shadow: string): void {
  for (const part of ['files', 'names']) {
    rmSync(join(shadow, part), { recursive: true, force: true });
    mkdirSync(join(shadow, part));
  }
  for (const file of filesIn(folder)) {
    const key = keyOf(join(folder, file));
    cpSync(join(folder, file), join(shadow, 'files', key));
    const names = join(shadow, 'names', namesOf(dirname(file)));
    writeFileSync(names, `${key}\t${file.slice(file.lastIndexOf('/') + 1)}\n`, { flag: 'a' });
  }
}

function diskOf(folder: string, shadow: string, loss: Loss, random: () => number): Map<string, Buffer> {
  const disk = new Map<string, Buffer>();
  for (const names of readdirSync(join(shadow, 'names')).filter((name) => !name.endsWith('.part'))) {
    const parent = names === '@' ? '' : names.replaceAll(':', '/');
    for (const line of readFileSync(join(shadow, 'names', names), 'utf8')
      .split('\n')
      .filter(Boolean)) {
      const [key = '', name = ''] = line.split('\t');
      const path = join(parent, name);
      const kept = join(shadow, 'files', key);
      // Named on the disk, and never synced itself: empty, as ext4 leaves it.
      const synced = existsSync(kept) ? readFileSync(kept) : Buffer.alloc(0);
      const live = join(folder, path);
      const isSame = loss === 'torn' && existsSync(live) && keyOf(live) === key;
      disk.set(path, isSame ? tear(synced, readFileSync(live), random) : synced);
    }
  }
  return disk;
}

/** Of what was written since, each sector is there or not, and the file may have grown by any part. */
function tear(synced: Buffer, live: Buffer, random: () => number): Buffer {
  if (synced.equals(live)) return synced;
  const [least, most] = [Math.min(synced.length, live.length), Math.max(synced.length, live.length)];
  const sectors = Math.floor(random() * (Math.ceil((most - least) / SECTOR) + 1));
  const torn = Buffer.alloc(Math.min(most, least + sectors * SECTOR));
  synced.copy(torn);
  for (let at = 0; at < torn.length; at += SECTOR)
    if (random() < 0.5) live.subarray(at, at + SECTOR).copy(torn, at);
  return torn;
}

function replaceBy(folder: string, disk: ReadonlyMap<string, Buffer>): string[] {
  const changed: string[] = [];
  for (const file of filesIn(folder))
    if (!disk.has(file)) {
      rmSync(join(folder, file));
      changed.push(file);
    }
  for (const [file, content] of disk) {
    const path = join(folder, file);
    if (existsSync(path) && readFileSync(path).equals(content)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    changed.push(file);
  }
  return changed.sort();
}
