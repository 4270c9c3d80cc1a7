import { describe, expect, it } from 'vitest';
import { privateAddresses } from './address-guard.ts';
import { isSameSite, isWanted, looksEndless, normaliseAddress } from './page-address.ts';

describe('an address', () => {
  it('has one form: no fragment, no tracking, no default page, no password', () => {
    expect(normaliseAddress('HTTPS://Shop.Example:443/help/index.html?utm_source=x&b=2&gclid=1#top')).toBe(
      'https://shop.example/help/?b=2',
    );
    expect(normaliseAddress('../a', 'https://shop.example/b/c/')).toBe('https://shop.example/b/a');
    for (const bad of [
      '',
      'mailto:a@b.example',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://u:p@x.example/',
    ])
      expect(normaliseAddress(bad), bad).toBeNull();
  });

  it('belongs to a site with and without www, never to another port or a longer name', () => {
    expect(isSameSite('https://www.shop.example/a', 'http://shop.example/')).toBe(true);
    for (const other of [
      'https://shop.example:8443/',
      'https://shop.example.evil.example/',
      'https://a.shop.example/',
    ])
      expect(isSameSite(other, 'https://shop.example/'), other).toBe(false);
  });

  it('is wanted by include and exclude patterns', () => {
    const settings = {
      depth: 1,
      pages: 1,
      include: ['/help/**', '/faq/*'],
      exclude: ['/help/old/**', '**?print=1'],
    };
    const wanted = (path: string) => isWanted(`https://shop.example${path}`, settings);
    expect(['/help/a/b', '/faq/a'].every(wanted)).toBe(true);
    expect(['/blog', '/faq/a/b', '/help/old/a', '/help/a?print=1'].some(wanted)).toBe(false);
  });

  it('is compared with a hostile pattern in no time', () => {
    const settings = { depth: 1, pages: 1, include: [`${'**a'.repeat(60)}!`], exclude: [] };
    expect(isWanted(`https://shop.example/${'a'.repeat(1_900)}`, settings)).toBe(false);
    expect(isWanted('https://shop.example/a.b', { ...settings, include: ['/a?b', '/a*b*'] })).toBe(true);
  });

  it('looks endless when it repeats itself or has no end', () => {
    expect(looksEndless('https://x.example/a/b/a/b/a/b/a/b')).toBe(true);
    expect(looksEndless(`https://x.example/?q=${'x'.repeat(3_000)}`)).toBe(true);
    expect(looksEndless('https://x.example/a/b/c/a')).toBe(false);
  });
});

it('private addresses are known in every spelling', () => {
  const list = privateAddresses();
  const isPrivate = (address: string) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  const inside =
    '0.0.0.0 10.1.2.3 100.64.0.1 127.9.9.9 169.254.169.254 172.31.255.255 192.168.0.1 198.19.0.1 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::1 ff02::1 2002:7f00:1:: 64:ff9b::7f00:1 ::ffff:10.0.0.1 ::ffff:7f00:1';
  for (const address of inside.split(' ')) expect(isPrivate(address), address).toBe(true);
  for (const address of ['1.1.1.1', '172.32.0.1', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])
    expect(isPrivate(address), address).toBe(false);
});
