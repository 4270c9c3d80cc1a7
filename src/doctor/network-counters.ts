/**
 * What the kernel counts of a network namespace that holds nothing but loopback: there, every attempt to reach another
 * machine finds no route, and none is too short to be counted.
 */
export interface NetworkCounters {
  /** Attempts by IPv4 that found no route: TCP and UDP, name lookups among them. */
  noRoute4: number;
  noRoute6: number;
  /** Datagrams sent at all: the product sends none, a resolver on this machine would be asked by them. */
  datagrams: number;
}

/** @param snmp /proc/net/snmp; @param snmp6 /proc/net/snmp6 */
export function parseNetworkCounters(snmp: string, snmp6: string): NetworkCounters {
  return {
    noRoute4: named(snmp, 'Ip', 'OutNoRoutes'),
    noRoute6: single(snmp6, 'Ip6OutNoRoutes'),
    datagrams: named(snmp, 'Udp', 'OutDatagrams') + single(snmp6, 'Udp6OutDatagrams'),
  };
}

export function attemptsBetween(before: NetworkCounters, after: NetworkCounters): number {
  return (
    after.noRoute4 -
    before.noRoute4 +
    (after.noRoute6 - before.noRoute6) +
    (after.datagrams - before.datagrams)
  );
}

/** A line of names, then a line of values. */
function named(table: string, protocol: string, name: string): number {
  const [names, values] = table
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}: `))
    .map((line) => line.split(' '));
  const place = names?.indexOf(name) ?? -1;
  const value = Number(values?.[place]);
  if (place < 0 || Number.isNaN(value)) throw new Error(`the kernel does not count ${protocol} ${name}`);
  return value;
}

function single(table: string, name: string): number {
  const value = new RegExp(`^${name}\\s+(\\d+)$`, 'm').exec(table)?.[1];
  // Without IPv6 there is nothing to count.
  return value === undefined ? 0 : Number(value);
}
