import { expect, it } from 'vitest';
import { trustedProxies } from './trusted-proxies.ts';

it('trusts nobody by default, else the addresses and networks named', () => {
  expect(trustedProxies('')).toBe(false);
  expect(trustedProxies(' , ')).toBe(false);
  expect(trustedProxies('127.0.0.1, 10.0.0.0/8,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
});

it.each(['true', '10.0.0.0/33', 'proxy.example', '10.0.0.0/8/8', '::1/129', '10.0.0.0/x'])(
  'refuses %s, which would trust who knows whom',
  (setting) => expect(() => trustedProxies(setting)).toThrow('trusted_proxies'),
);
