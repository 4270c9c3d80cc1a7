import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { judgeEgress } from './check-egress.ts';
import { isLoopback, outboundOf, parseSocketTable } from './socket-table.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, remote: string, state: string, inode: number): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

it('reads addresses, ports and states as the kernel writes them', () => {
  const table =
    HEAD + row('0100007F:1F90', '00000000:0000', '0A', 11) + row('0A01A8C0:C350', '22D8B85D:01BB', '01', 12);
  expect(parseSocketTable(table)).toEqual([
    { localPort: 8080, remoteAddress: '0.0.0.0', remotePort: 0, state: 'listening', inode: '11' },
    { localPort: 50000, remoteAddress: '93.184.216.34', remotePort: 443, state: 'established', inode: '12' },
  ]);
  expect(parseSocketTable('')).toEqual([]);
});

it('knows this machine from others, in both families', () => {
  const six = (hex: string) =>
    parseSocketTable(HEAD + row('0'.repeat(32) + ':0001', `${hex}:0050`, '01', 1))[0]!.remoteAddress;
  expect(isLoopback(six('00000000000000000000000001000000'))).toBe(true);
  expect(isLoopback(six('0000000000000000FFFF00000100007F'))).toBe(true);
  expect(isLoopback(six('0000000000000000FFFF000022D8B85D'))).toBe(false);
  expect(six('B80D0120000000000000000001000000')).toBe('2001:0db8:0000:0000:0000:0000:0000:0001');
});

it('tells what was opened to other machines from what customers opened', () => {
  const listening = row('00000000:1F90', '00000000:0000', '0A', 1);
  const customer = row('0A01A8C0:1F90', '0B01A8C0:C001', '01', 2);
  const outbound = row('0A01A8C0:C350', '22D8B85D:01BB', '01', 3);
  const trying = row('0A01A8C0:C351', '22D8B85D:0050', '02', 4);
  const closing = row('0A01A8C0:C352', '22D8B85D:0050', '06', 5);
  const sockets = parseSocketTable(HEAD + listening + customer + outbound + trying + closing);
  expect(outboundOf(sockets).map(({ inode }) => inode)).toEqual(['3', '4']);
  const nothing = { offline: false, on: [], sentence: 'Nothing is switched on' };
  expect(judgeEgress(sockets, [1], nothing)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('93.184.216.34 port 443'),
  });
  // What the owner switched on is no failure, unless the master switch is on.
  expect(judgeEgress(sockets, [1], { ...nothing, on: ['crawl'] }).status).toBe('warning');
  expect(judgeEgress(sockets, [1], { ...nothing, on: ['crawl'], offline: true }).status).toBe('failed');
  expect(judgeEgress(sockets.slice(0, 2), [1], nothing)).toMatchObject({
    status: 'ok',
    evidence: { sockets: 2, outbound: 0 },
  });
});

it.skipIf(process.platform !== 'linux')('finds a real connection in the real table', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  onTestFinished(() => void (client.destroy(), server.close()));
  await once(client, 'connect');
  const sockets = parseSocketTable(readFileSync('/proc/self/net/tcp', 'utf8'));
  expect(sockets).toContainEqual(
    expect.objectContaining({
      localPort: client.localPort,
      remoteAddress: '127.0.0.1',
      remotePort: port,
      state: 'established',
    }),
  );
});
