import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AnswerboxError } from '../../errors.ts';

type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

/** IANA's special-purpose registries: what is private, local, reserved, or holds another address inside. */
const PRIVATE_RANGES: readonly Range[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

export function privateAddresses(): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of PRIVATE_RANGES) list.addSubnet(network, prefix, family);
  return list;
}

export interface AddressGuardOptions {
  /** Hosts of the owner's own network that may be read, as 'host' or 'host:port', lower case. */
  allowedHosts: ReadonlySet<string>;
  /** The system's name resolution, unless a test has its own. */
  lookup?: typeof systemLookup;
  /** Addresses that are refused; what is private, unless a test has its own. */
  refused?: BlockList;
}

/** Decides whether an address may be connected to; every connection of a crawl passes here. */
export interface AddressGuard {
  /**
   * Resolves a host name for one connection and refuses it when any of its addresses is private: what is
   * checked is what is connected to, so a name that changes its address in between gains nothing.
   */
  lookupFor(host: string, port: string): LookupFunction;
  /** @throws page_address_refused for a private address that is written out in the URL */
  checkLiteral(hostname: string, port: string): void;
}

export function createAddressGuard({
  allowedHosts,
  lookup = systemLookup,
  refused = privateAddresses(),
}: AddressGuardOptions): AddressGuard {
  const isNamed = (host: string, port: string): boolean =>
    allowedHosts.has(host.toLowerCase()) || allowedHosts.has(`${host.toLowerCase()}:${port}`);
  const refusal = (source: string, address: string): AnswerboxError =>
    new AnswerboxError('page_address_refused', { source, address });

  return {
    checkLiteral(hostname, port) {
      const address = hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(address) === 0 || isNamed(address, port) || !isRefused(address, refused)) return;
      throw refusal(hostname, address);
    },
    lookupFor(host, port) {
      return (hostname, options, callback) => {
        lookup(hostname, { ...options, all: true }, (error: Error | null, addresses: LookupAddress[]) => {
          if (error) return callback(error, '', 0);
          const bad = isNamed(host, port)
            ? undefined
            : addresses.find(({ address }) => isRefused(address, refused));
          if (bad) return callback(refusal(host, bad.address), '', 0);
          const [first] = addresses;
          if (!first) return callback(new Error(`${host} has no address`), '', 0);
          if (options.all) callback(null, addresses);
          else callback(null, first.address, first.family);
        });
      };
    },
  };
}

function isRefused(address: string, refused: BlockList): boolean {
  const plain = address.split('%')[0]!;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return refused.check(mapped, 'ipv4');
  return refused.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
