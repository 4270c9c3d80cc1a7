import { describe, expect, it } from 'vitest';
import type { Product } from '../stores/catalogue-contracts.ts';
import type { ReadOptions, RowReport, TableSource } from './import-types.ts';
import { readProducts } from './read-products.ts';

async function read(
  content: string | TableSource,
  options: Partial<ReadOptions> = {},
): Promise<{ products: Product[]; report: RowReport }> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const { rows, report } = readProducts(bytes, { source: 'goods.csv', ...options });
  const products: Product[] = [];
  for await (const row of rows) products.push(row);
  return { products, report };
}

const failure = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message && { message: expect.stringMatching(message) }) });

describe('readProducts', () => {
  it('reads Latin-1 with semicolons, decimal commas and German names', async () => {
    const text =
      'Artikelnummer;Bezeichnung;Warengruppe;Marke;Preis;Bestand;Farbe;Größe;Lieferzeit;Gewicht in g\r\n' +
      'WS-1;Wanderschuh „Höhe";Schuhe;Älpler;1.129,90 €;1.200;grün;42;2-3 Tage;640\r\n' +
      'WS-2;Müslischale;Küche;Älpler;9,5;0;;;sofort;\r\n';
    // Windows-1252 is Latin-1 with the euro sign at 0x80.
    const bytes = Buffer.from(text.replace('„', '"').replaceAll('€', '\x80'), 'latin1');
    const { products, report } = await read(bytes);
    expect(report).toMatchObject({ read: 2, badCount: 0 });
    expect(products[0]).toEqual({
      code: 'WS-1',
      name: 'Wanderschuh "Höhe"',
      family: 'WS-1',
      category: 'Schuhe',
      brand: 'Älpler',
      description: '',
      url: null,
      attributes: { colour: 'grün', size: '42', 'gewicht in g': '640' },
      price: { minor: 112_990, currency: 'EUR' },
      stock: 1200,
      deliveryDays: 3,
    });
    expect(products[1]).toMatchObject({ name: 'Müslischale', attributes: {}, deliveryDays: 0, stock: 0 });
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ])('reads %s', async (_, encode) => {
    const { products } = await read(encode('code,name,price\nA,Größe ✓,12.90\n'.repeat(1)));
    expect(products).toMatchObject([{ code: 'A', name: 'Größe ✓', price: { minor: 1290 } }]);
  });

  it('keeps the good letters of UTF-8 and refuses the row with a broken one', async () => {
    const { products, report } = await read(
      Buffer.concat([
        Buffer.from('code,name\nA,Größe\nB,'),
        Buffer.from([0x47, 0xf6]),
        Buffer.from('\nC,Füße\n'),
      ]),
    );
    expect(products.map(({ name }) => name)).toEqual(['Größe', 'Füße']);
    expect(report.bad).toEqual([{ line: 3, reason: expect.stringContaining('save the file as UTF-8') }]);
  });

  it('reads three currencies in one file, from signs and from a column', async () => {
    const signs = await read(
      "sku\tname\tprice\nA\ta\t12,90 €\nB\tb\t$1,299.00\nC\tc\tCHF 1'299.-\nD\td\t¥ 1200\n",
    );
    expect(signs.products.map(({ price }) => price)).toEqual([
      { minor: 1290, currency: 'EUR' },
      { minor: 129_900, currency: 'USD' },
      { minor: 129_900, currency: 'CHF' },
      { minor: 1200, currency: 'JPY' },
    ]);
    const column = await read('sku,name,price,currency\nA,a,1.50,EUR\nB,b,2.50,usd\nC,c,3.50,£\nD,d,4,XYZ\n');
    expect(column.products.map(({ price }) => price?.currency)).toEqual(['EUR', 'USD', 'GBP']);
    expect(column.report.bad[0]).toMatchObject({ line: 5, reason: expect.stringContaining('XYZ') });
    const header = await read('sku,name,Preis (CHF)\nA,a,1.50\n');
    expect(header.products[0]).toMatchObject({ price: { minor: 150, currency: 'CHF' } });
    const told = await read('sku,name,price\nA,a,1.50\n', { currency: 'GBP' });
    expect(told.products[0]).toMatchObject({ price: { currency: 'GBP' } });
  });

  it('lets missing prices be missing', async () => {
    const { products } = await read(
      'code,name,price,stock\nA,a,,\nB,b,n/a,yes\nC,c,Preis auf Anfrage,sold out\nD,d\n',
    );
    expect(products.map(({ price }) => price)).toEqual([null, null, null, null]);
    expect(products.map(({ stock }) => stock)).toEqual([null, null, 0, null]);
    expect(products[1]!.attributes).toEqual({ availability: 'yes' });
  });

  it('takes the price of a sale where there is one that is lower, in German exports too', async () => {
    const { products } = await read(
      'sku,title,price,sale_price\nA,a,20.00,15.50\nB,b,20.00,\nC,c,20.00,0.00\nD,d,20.00,25.00\nE,e,,9.00\n',
    );
    expect(products.map(({ price }) => price?.minor)).toEqual([1550, 2000, 2000, 2000, 900]);
    const german = await read('Artikelnr;Bezeichnung;Preis;Aktionspreis\nA;a;20,00;12,50\n');
    expect(german.products[0]!.price?.minor).toBe(1250);
  });

  it('tells bad rows by line and reason, and takes the rest', async () => {
    const { products, report } = await read(
      'code,name,price\nA,"two\nlines",1.00\n,nameless,2\nB,,3\nC,c,cheap\nD,d,-4\nE,e,5,6\n\nF,f,7.5\n',
    );
    expect(products.map(({ code }) => code)).toEqual(['A', 'F']);
    expect(report).toMatchObject({ read: 7, badCount: 5 });
    expect(report.bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '4 it has no code',
      '5 B has no name',
      '6 "cheap" is not a price',
      '7 the price -4 is below zero',
      '8 it has 4 cells, the header 3; quote cells that hold the separator',
    ]);
  });

  it('tells duplicate codes, whatever their spelling', async () => {
    const { products, report } = await read('code,name\nAB-1,first\nB,b\nab 1,last\n');
    expect(products).toHaveLength(3);
    expect(report).toMatchObject({ duplicateCount: 1, duplicates: [{ line: 4, key: 'ab 1' }] });
  });

  it('lets a mapping win over guesses, make attributes and leave columns out', async () => {
    const { products } = await read('id,sku,Titel,Text,Intern\nX1,S-1,Boot,Light,secret\n', {
      mapping: { id: 'code', sku: 'supplier', Text: 'name', intern: '-' },
    });
    expect(products[0]).toMatchObject({ code: 'X1', name: 'Light' });
    expect(products[0]!.attributes).toEqual({ supplier: 'S-1', titel: 'Boot' });
    await expect(read('sku,name\nA,a\n', { mapping: { Preis: 'price' } })).rejects.toEqual(
      failure('table_column_unknown', /"Preis".*sku, name/),
    );
  });

  it.each<[string, string | Buffer, string, RegExp?]>([
    ['an empty file', '', 'table_empty'],
    ['a file of blanks', ' \n \n', 'table_empty'],
    ['a header alone', 'code,name,price\n', 'table_without_rows'],
    ['a binary file', Buffer.from([1, 2, 3, 0, 5, 6, 0, 0, 0, 7, 8, 250, 251]), 'table_binary'],
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\x00'), 'table_binary', /Excel/],
    ['no column of codes', 'colour,weight\nred,1\n', 'table_column_missing', /"code".*colour, weight/],
    ['rows that are all bad', 'code,name\n,a\n,b\n', 'table_without_good_rows', /line 2: it has no code/],
    ['a quote without end', 'code,name\nA,a\nB,"b\nC,c\n', 'table_broken', /line 3/],
    ['a JSON object', '{"code": "A", "name": "a"}', 'table_not_a_list'],
    ['a list of numbers', '[1, 2]', 'table_without_good_rows', /not an object/],
    ['an empty list', '[]', 'table_without_rows'],
    ['JSON that breaks off', '[{"code": "A"', 'table_broken'],
  ])('refuses %s', async (_, content, code, message) => {
    await expect(read(content)).rejects.toEqual(failure(code, message));
  });

  it('reads JSON lists, wrapped lists and JSON Lines alike', async () => {
    const one = { sku: 'A', title: 'a', price: 12.9, attributes: { Colour: 'moss' }, tags: ['x', 'y'] };
    const two = { sku: 'B', title: 'b', price: { minor: 500, currency: 'CHF' }, stock: 3 };
    const expected = [
      {
        code: 'A',
        name: 'a',
        price: { minor: 1290, currency: 'EUR' },
        attributes: { colour: 'moss', tags: 'x, y' },
      },
      { code: 'B', name: 'b', price: { minor: 500, currency: 'CHF' }, stock: 3 },
    ];
    for (const text of [
      JSON.stringify([one, two], null, 2),
      JSON.stringify({ count: 2, products: [one, two] }),
      `${JSON.stringify(one)}\n\n${JSON.stringify(two)}\n`,
    ])
      expect((await read(text)).products).toMatchObject(expected);
    const { report } = await read(`${JSON.stringify(one)}\n{"sku":\n${JSON.stringify(two)}\n`);
    expect(report).toMatchObject({ read: 3, badCount: 1, bad: [{ line: 2 }] });
  });

  it('reads "9.990" by what the other prices of the file show', async () => {
    const prices = async (...cells: string[]): Promise<(number | undefined)[]> =>
      (
        await read(`code;name;price\n${cells.map((cell, row) => `${row}x;n;${cell}`).join('\n')}\n`)
      ).products.map(({ price }) => price?.minor);
    expect(await prices('9.990', '12.50')).toEqual([999, 1250]);
    expect(await prices('9.990', '12,50')).toEqual([999_000, 1250]);
    expect(await prices('9.990')).toEqual([999_000]);
    expect(await prices('0.990')).toEqual([99]);
  });

  it('takes no quadratic time on a price of nothing but blanks', async () => {
    const long = `1${' '.repeat(300_000)}x1`;
    const { report } = await read(`code;name;price;stock\nA;a;${long};1\nB;b;1;1\n`);
    expect(report).toMatchObject({ read: 2, badCount: 1 });
  });

  it('reads what comes in pieces, and stops when it is cancelled', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (const byte of Buffer.from('sep=;\ncode;name\nA;Größe\n')) yield Uint8Array.of(byte);
    }
    expect((await read(pieces())).products).toMatchObject([{ name: 'Größe' }]);
    await expect(read('code,name\nA,a\n', { signal: AbortSignal.abort() })).rejects.toEqual(
      failure('cancelled'),
    );
  });

  it('reads 100,000 rows', async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, row) => `A-${row};Schuh ${row};${row % 900},95 €;${row % 7}`,
    );
    const { rows: products, report } = readProducts(
      Buffer.from(`Artikelnr;Bezeichnung;Preis;Bestand\n${rows.join('\n')}\n`),
      { source: 'many.csv' },
    );
    let cents = 0;
    for await (const { price } of products) cents += price!.minor;
    expect(report).toMatchObject({ read: 100_000, badCount: 0, duplicateCount: 0 });
    expect(cents).toBe(rows.reduce((sum, _, row) => sum + (row % 900) * 100 + 95, 0));
  }, 600_000);
});
