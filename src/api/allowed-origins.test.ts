import { expect, it } from 'vitest';
import { allowedOrigins } from './allowed-origins.ts';

it('lets nobody in by default, else the sites named, exactly', () => {
  expect(allowedOrigins('')('https://shop.example')).toBe(false);
  const allows = allowedOrigins(' https://shop.example/, HTTP://Localhost:8081,https://shop.example:443 ');
  expect(allows('https://shop.example')).toBe(true);
  expect(allows('http://localhost:8081')).toBe(true);
  for (const other of [
    'http://shop.example',
    'https://shop.example.evil.example',
    'https://evil.shop.example',
    'https://shop.example:8443',
    'null',
  ]) {
    expect(allows(other), other).toBe(false);
  }
});

it('lets everybody in for *', () => {
  expect(allowedOrigins('*')('https://anywhere.example')).toBe(true);
});

it.each([
  'shop.example',
  'https://shop.example/path',
  'ftp://shop.example',
  'https://user@shop.example',
  'https://*.a.example/x',
])('refuses %s, which no browser sends as an origin', (setting) =>
  expect(() => allowedOrigins(setting)).toThrow('allowed_origins'),
);
