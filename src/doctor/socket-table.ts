/** Rows of the kernel's tables of TCP connections, /proc/net/tcp and tcp6. */

export interface Socket {
  localPort: number;
  remoteAddress: string;
  remotePort: number;
  state: 'established' | 'connecting' | 'listening' | 'other';
  inode: string;
}

const STATES: Record<string, Socket['state']> = {
  '01': 'established',
  '02': 'connecting',
  '0A': 'listening',
};

export function parseSocketTable(table: string): Socket[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line): Socket[] => {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      const [remoteAddress, remotePort] = remote?.split(':') ?? [];
      const localPort = local?.split(':')[1];
      if (!remoteAddress || !remotePort || !localPort || !state || !inode) return [];
      return [
        {
          localPort: parseInt(localPort, 16),
          remoteAddress: addressOf(remoteAddress),
          remotePort: parseInt(remotePort, 16),
          state: STATES[state] ?? 'other',
          inode,
        },
      ];
    });
}

/** Words of 32 bits, each with its lowest byte first. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return dotted(bytes);
  const text = bytes.join('').toLowerCase();
  if (text.startsWith('00000000000000000000ffff')) return dotted(bytes.slice(12));
  return (text.match(/.{4}/g) ?? []).join(':');
}

function dotted(bytes: readonly string[]): string {
  return bytes.map((byte) => parseInt(byte, 16)).join('.');
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '0000:0000:0000:0000:0000:0000:0000:0001';
}

/** Connections to other machines that these sockets opened: from a port that none of them listens on. */
export function outboundOf(sockets: readonly Socket[]): Socket[] {
  const listening = new Set(
    sockets.filter(({ state }) => state === 'listening').map(({ localPort }) => localPort),
  );
  return sockets.filter(
    ({ state, remoteAddress, localPort }) =>
      (state === 'established' || state === 'connecting') &&
      !isLoopback(remoteAddress) &&
      !listening.has(localPort),
  );
}
