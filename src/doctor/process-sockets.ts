import { readdir, readFile, readlink } from 'node:fs/promises';
import { parseSocketTable, type Socket } from './socket-table.ts';

/** The process and all that it started. */
export async function familyOf(pid: number): Promise<number[]> {
  const family = [pid];
  for (const member of family) {
    const children = await readFile(`/proc/${member}/task/${member}/children`, 'utf8');
    family.push(...children.trim().split(' ').filter(Boolean).map(Number));
  }
  return family;
}

/** Their sockets of TCP and UDP, as the kernel lists them now. */
export async function socketsOf(pids: readonly number[]): Promise<Socket[]> {
  const inodes = new Set<string>();
  const sockets: Socket[] = [];
  for (const pid of pids) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
      // A descriptor may be closed while it is looked at.
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode) inodes.add(inode);
    }
  }
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6']) {
    const text = await readFile(`/proc/${pids[0]}/net/${table}`, 'utf8').catch(() => '');
    sockets.push(...parseSocketTable(text).filter(({ inode }) => inodes.has(inode)));
  }
  return sockets;
}
