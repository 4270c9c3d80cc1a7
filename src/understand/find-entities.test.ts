import { describe, expect, it } from 'vitest';
import { boundPattern } from './check-pattern.ts';
import { compileEntityPatterns } from './entity-patterns.ts';
import { DEFAULT_ENTITY_PATTERNS } from './entity-types.ts';
import { findEntities } from './find-entities.ts';

const today = '2026-11-21';
const read = (text: string) => findEntities(text, { today }).map(({ kind, value }) => `${kind} ${value}`);

describe('findEntities', () => {
  it.each<[string, string[]]>([
    ['Is RT-1042 in stock?', ['product-code RT-1042']],
    ['is rt1042-xl waterproof', ['product-code RT1042-XL']],
    ['Where is my order 12345?', ['order-number 12345']],
    ['my order number is #A-123456', ['order-number A-123456']],
    ['Order no. AB-12345 please', ['order-number AB-12345']],
    ['Bestellung Nr. 77812', ['order-number 77812']],
    ['What about #20418?', ['order-number 20418']],
    ['AB-12345?', ['order-number AB-12345', 'product-code AB-12345']],
    ['I paid €49.90', ['amount EUR 49.90']],
    ['tents under 1.299,50 € please', ['amount EUR 1299.50']],
    ['more than 20 euros or $5', ['amount EUR 20.00', 'amount USD 5.00']],
    ['3000円', ['amount JPY 3000']],
    ['arrives 2026-12-24?', ['date 2026-12-24']],
    ['by 24.12.2026 or 24/12/26', ['date 2026-12-24', 'date 2026-12-24']],
    ['before 24 December', ['date --12-24']],
    ['on December 24th, 2026', ['date 2026-12-24']],
    ['am 24. Dezember', ['date --12-24']],
    ['are you open tomorrow', ['date 2026-11-22']],
    ['and the day after tomorrow?', ['date 2026-11-23']],
    ['open on Monday?', ['date 2026-11-23']],
    ['last Saturday', ['date 2026-11-14']],
    ['write to Anna.B@Example.org', ['email anna.b@example.org']],
    ['call +49 (40) 123-4567', ['phone +49401234567']],
    ['0049 40 1234567', ['phone +49401234567']],
    ['040/1234567', ['phone 0401234567']],
    [
      'order 12345, anna@example.org, 20 EUR',
      ['order-number 12345', 'email anna@example.org', 'amount EUR 20.00'],
    ],
    ['size 42, 2 tents, 30 days, 10:00 to 17:00', []],
    ['31.02.2026 and 2026-13-01', []],
    ['may I return 2 of them', []],
    ['Do you sell tents?', []],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it('gives places in the text', () => {
    const text = 'Is order 12345 due on 24 December 2026?';
    for (const { text: written, start, end } of findEntities(text))
      expect(text.slice(start, end)).toBe(written);
  });

  it('keeps "tomorrow" a word when the day is not known', () => {
    expect(findEntities('tomorrow')[0]).toMatchObject({ kind: 'date', value: 'tomorrow' });
  });

  it('reads dates month first where the shop does', () => {
    expect(findEntities('03/04/2026', { dayFirst: false })[0]?.value).toBe('2026-03-04');
    expect(findEntities('13/04/2026', { dayFirst: false })[0]?.value).toBe('2026-04-13');
  });

  it('gives money in minor units', () => {
    expect(findEntities('€1,299.5')[0]?.money).toEqual({ minor: 129950, currency: 'EUR' });
  });

  it.each(['1', 'A', 'A1-', '1.', 'a@', '+', '1 ', 'order ', '€1,', '\u0301'])(
    'finishes on 20,000 characters of %j',
    (unit) => {
      expect(findEntities(unit.repeat(20_000 / unit.length)).length).toBeLessThan(4_000);
    },
  );
});

describe('patterns of the owner', () => {
  it('take the place of the default ones', () => {
    const patterns = compileEntityPatterns({ productCode: ['item \\d+'], orderNumber: ['W\\d{3}'] });
    expect(findEntities('Item 7 of w123, not RT-1042', { patterns }).map(({ value }) => value)).toEqual([
      'ITEM7',
      'W123',
    ]);
  });

  it('bounds what is endless, and changes nothing else', () => {
    expect(boundPattern('[A-Z+]+-\\d{2,}\\+?x{3}(?:a|b{1,4})')).toEqual({
      bounded: '[A-Z+]{1,32}-\\d{2,32}\\+?x{3}(?:a|b{1,4})',
    });
    for (const pattern of [...DEFAULT_ENTITY_PATTERNS.productCode, ...DEFAULT_ENTITY_PATTERNS.orderNumber])
      expect(boundPattern(pattern)).toEqual({ bounded: pattern });
  });

  it.each([
    ['(a+)+b', /for ever/],
    ['(?:\\d|\\d\\d)*x', /for ever/],
    ['(?:a?){40}a{40}', /for ever/],
    ['\\w+\\w+\\w+\\w+', /for ever/],
    ['(\\d)\\1+', /references/],
    ['(?<x>a)\\k<x>', /references/],
    ['(?=a)a', /looking/],
    ['[A-Z', /Invalid regular expression/],
    ['A*', /empty/],
    ['(?:a|b*)?', /empty/],
    ['A'.repeat(201), /201 characters/],
  ])('refuses %s', (pattern, reason) => {
    const compile = () => compileEntityPatterns({ productCode: [pattern], orderNumber: [] });
    expect(compile).toThrow(expect.objectContaining({ code: 'entity_pattern_invalid' }));
    expect(compile).toThrow(pattern);
    expect(compile).toThrow(reason);
  });

  it('refuses a list of patterns that should be a catalogue', () => {
    const productCode = Array.from({ length: 21 }, (_, index) => `P${index}`);
    expect(() => compileEntityPatterns({ productCode, orderNumber: [] })).toThrow(/21 patterns/);
  });
});
