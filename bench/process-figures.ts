import { readdirSync, readFileSync } from 'node:fs';

/** Of a process and its children, from /proc: Linux only. */
export interface ProcessFigures {
  /** Bytes resident. */
  rss: number;
  /** Of these, the process's own: heap, arenas, stacks. The rest are pages of mapped files, which the kernel takes back. */
  anonymous: number;
  /** Open files, sockets, pipes. */
  handles: number;
}

export interface FamilyFigures {
  server: ProcessFigures;
  children: ProcessFigures;
}

/** @param pid of the server; a child that ends meanwhile is left out */
export function familyFigures(pid: number): FamilyFigures {
  const children = childrenOf(pid).map(figuresOf);
  const sum = (key: keyof ProcessFigures): number =>
    children.reduce((total, one) => total + (one?.[key] ?? 0), 0);
  const server = figuresOf(pid);
  if (server === null) throw new Error(`process ${pid} is not there`);
  return { server, children: { rss: sum('rss'), anonymous: sum('anonymous'), handles: sum('handles') } };
}

function figuresOf(pid: number): ProcessFigures | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    const handles = readdirSync(`/proc/${pid}/fd`).length;
    return { rss: bytes('VmRSS'), anonymous: bytes('RssAnon'), handles };
  } catch {
    return null;
  }
}

/** All below, whatever their depth. */
export function childrenOf(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== null) parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const below = (one: number): number[] =>
    (parents.get(one) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function parentOf(pid: number): number | null {
  try {
    // The name may hold spaces and brackets; what follows it does not.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return Number(fields?.[1]);
  } catch {
    return null;
  }
}
