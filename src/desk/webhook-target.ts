import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AnswerboxError } from '../errors.ts';
import { refuseOffline } from '../outbound/outbound-switch.ts';

/** Addresses that are inside some network: IANA's special-purpose registries. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

export interface WebhookTarget {
  url: URL;
  /** The address to connect to, looked up once: a name cannot point elsewhere between the look and the call. */
  address: string;
  family: 4 | 6;
}

/** @throws webhook_refused */
export function checkWebhookUrl(text: string, allowedHosts: ReadonlySet<string>): URL {
  const refuse = (reason: string): AnswerboxError =>
    new AnswerboxError('webhook_refused', { url: text.slice(0, 200), reason });
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse('it is not an address');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('only http and https are called');
  if (url.username !== '' || url.password !== '') throw refuse('it holds a user name or password');
  const host = hostOf(url);
  if (isIP(host) !== 0 && isInside(host) && !isAllowed(url, allowedHosts))
    throw refuse('it is an address of a private network; name it in ANSWERBOX_WEBHOOK_HOSTS to allow it');
  return url;
}

/** @throws webhook_refused, offline */
export async function resolveTarget(text: string, allowedHosts: ReadonlySet<string>): Promise<WebhookTarget> {
  const url = checkWebhookUrl(text, allowedHosts);
  const host = hostOf(url);
  refuseOffline('webhook', url.host);
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    throw new AnswerboxError('webhook_refused', { url: text, reason: 'its host is not known' }, error);
  });
  if (!isAllowed(url, allowedHosts) && found.some(({ address }) => isInside(address)))
    throw new AnswerboxError('webhook_refused', {
      url: text,
      reason: 'its host is in a private network; name it in ANSWERBOX_WEBHOOK_HOSTS to allow it',
    });
  const { address, family } = found[0]!;
  return { url, address, family: family === 6 ? 6 : 4 };
}

export function isInside(address: string): boolean {
  // Also the notation in which a socket of both families shows an address of IPv4.
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  if (family === 0) return true;
  if (family === 6 && /^::ffff:/i.test(plain)) return true;
  return INSIDE.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isAllowed({ hostname, host }: URL, allowed: ReadonlySet<string>): boolean {
  return allowed.has(hostname) || allowed.has(host);
}
