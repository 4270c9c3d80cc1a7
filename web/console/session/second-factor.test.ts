import { expect, it } from 'vitest';
import { inGroups } from './second-factor.ts';

it('groups a secret by four, with nothing at its end', () => {
  expect(inGroups('JBSWY3DPEHPK3PXP')).toBe('JBSW Y3DP EHPK 3PXP');
  expect(inGroups('JBSWY')).toBe('JBSW Y');
  expect(inGroups('')).toBe('');
});
