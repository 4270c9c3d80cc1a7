import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { attemptsBetween, parseNetworkCounters } from './network-counters.ts';
import { judgeProbe } from './prove-egress.ts';

const SNMP = (noRoutes: number, datagrams: number): string =>
  [
    'Ip: Forwarding DefaultTTL OutDiscards OutNoRoutes ReasmTimeout',
    `Ip: 2 64 0 ${noRoutes} 0`,
    'Tcp: RtoAlgorithm RtoMin',
    'Tcp: 1 200',
    'Udp: InDatagrams NoPorts InErrors OutDatagrams',
    `Udp: 9 9 9 ${datagrams}`,
  ].join('\n');
const SNMP6 = (noRoutes: number): string =>
  `Ip6InReceives   \t5\nIp6OutNoRoutes  \t${noRoutes}\nUdp6OutDatagrams\t0\n`;

it('reads what the kernel counts, and takes what is missing for no proof', () => {
  const before = parseNetworkCounters(SNMP(7, 1), SNMP6(1));
  expect(before).toEqual({ noRoute4: 7, noRoute6: 1, datagrams: 1 });
  expect(attemptsBetween(before, parseNetworkCounters(SNMP(9, 2), SNMP6(2)))).toBe(4);
  expect(attemptsBetween(before, before)).toBe(0);
  expect(() => parseNetworkCounters('', '')).toThrow('does not count');
  expect(judgeProbe({ control: 0, attempts: 0, answered: 3 }).status).toBe('warning');
  expect(judgeProbe({ control: 2, attempts: 1, answered: 3 }).status).toBe('failed');
  expect(judgeProbe({ control: 2, attempts: 0, answered: 3 }).status).toBe('ok');
});

/** What this machine lets users do. */
const mayUnshare = (() => {
  try {
    execFileSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

it.skipIf(!mayUnshare)('counts every attempt in a namespace with loopback only, however short', () => {
  const count = (script: string): number => {
    const words = `ip link set lo up; ${process.execPath} -e '${script}'; cat /proc/net/snmp; echo ---; cat /proc/net/snmp6`;
    const [snmp = '', snmp6 = ''] = execFileSync('unshare', ['-rn', 'sh', '-c', words])
      .toString()
      .split('---');
    const nothing = { noRoute4: 0, noRoute6: 0, datagrams: 0 };
    return attemptsBetween(nothing, parseNetworkCounters(snmp, snmp6));
  };
  const tries = (host: string): string => `require("net").connect(443,"${host}").on("error",()=>0)`;
  expect(count(tries('192.0.2.1'))).toBe(1);
  expect(count(tries('2001:db8::1'))).toBe(1);
  expect(
    count('require("dgram").createSocket("udp4").send("x",53,"192.0.2.1",()=>process.exit())'),
  ).toBeGreaterThan(0);
  expect(count('require("dns").lookup("nobody.invalid",()=>0)')).toBeGreaterThanOrEqual(
    readFileSync('/etc/resolv.conf', 'utf8').includes('nameserver') ? 1 : 0,
  );
  expect(count('require("http").createServer().listen(0,"127.0.0.1",function(){this.close()})')).toBe(0);
});
