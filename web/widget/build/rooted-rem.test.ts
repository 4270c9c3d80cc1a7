import { expect, it } from 'vitest';
import { replaceRem } from './rooted-rem.ts';

it('measures in the widget’s own rem, except where no variable can stand', () => {
  expect(replaceRem('  margin: 0 -0.75rem auto;\n  font: 1rem/1.6 x;')).toBe(
    '  margin: 0 calc(-0.75 * var(--rem)) auto;\n  font: calc(1 * var(--rem))/1.6 x;',
  );
  expect(replaceRem('@media (width < 30rem) {')).toBe('@media (width < 30rem) {');
  expect(replaceRem('  --rem: max(16px, 1rem);')).toBe('  --rem: max(16px, 1rem);');
});
