import { expect, it } from 'vitest';
import { formatNamed } from './format-names.ts';

it('names a format by the ending of its files', () => {
  expect(formatNamed('MD')).toBe('text/markdown');
  expect(formatNamed('.pdf')).toBe('application/pdf');
});

it.each(['__proto__', 'constructor', 'toString', 'exe', ''])('knows no format "%s"', (name) =>
  expect(formatNamed(name)).toBeNull(),
);
