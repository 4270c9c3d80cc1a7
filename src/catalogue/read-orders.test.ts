import { expect, it } from 'vitest';
import type { Order } from '../stores/catalogue-contracts.ts';
import type { RowReport } from './import-types.ts';
import { readOrders } from './read-orders.ts';

async function read(text: string): Promise<{ orders: Order[]; report: RowReport }> {
  const { rows, report } = readOrders(Buffer.from(text), { source: 'orders.csv' });
  const orders: Order[] = [];
  for await (const row of rows) orders.push(row);
  return { orders, report };
}

const ORDER: Order = {
  number: 'FH-1001',
  email: 'anna@example.org',
  state: 'shipped',
  items: [{ code: 'AB-1', name: 'Trail boot', quantity: 2 }],
  total: { minor: 25_980, currency: 'EUR' },
  placedAt: '2026-11-02T10:00:00Z',
  shippedAt: '2026-11-03',
  expectedAt: null,
  carrier: 'DHL',
  tracking: 'JJD1',
};

it('reads a JSON list of orders as they are', async () => {
  expect((await read(JSON.stringify([ORDER]))).orders).toEqual([ORDER]);
});

it('reads German columns, dates, states and items in one cell', async () => {
  const { orders } = await read(
    'Bestellnummer;Kunden-E-Mail;Status;Artikel;Summe;Bestelldatum;Versanddatum;Paketdienst;Sendungsnummer\n' +
      'B-1;anna@example.org;Versandt;2x AB-1 Trail boot | CD-2;1.259,80 €;2.11.2026 09:05;03.11.2026;DHL;X1\n',
  );
  expect(orders).toEqual([
    {
      number: 'B-1',
      email: 'anna@example.org',
      state: 'shipped',
      items: [
        { code: 'AB-1', name: 'Trail boot', quantity: 2 },
        { code: 'CD-2', name: 'CD-2', quantity: 1 },
      ],
      total: { minor: 125_980, currency: 'EUR' },
      placedAt: '2026-11-02T09:05',
      shippedAt: '2026-11-03',
      expectedAt: null,
      carrier: 'DHL',
      tracking: 'X1',
    },
  ]);
});

it('makes one order of lines for each of its items, and tells other repetitions', async () => {
  const { orders, report } = await read(
    'order,email,status,date,sku,qty\n1,a@b.c,paid,2026-11-01,A,1\n1,a@b.c,paid,2026-11-01,B,2\n' +
      '2,a@b.c,paid,2026-11-01,C,1\n1,a@b.c,delivered,2026-11-01,D,1\n',
  );
  expect(orders[1]!.items.map(({ code, quantity }) => `${quantity} ${code}`)).toEqual(['1 A', '2 B']);
  expect(report.duplicates).toEqual([{ line: 5, key: '1' }]);
});

it('tells what is wrong with a row', async () => {
  const { report } = await read(
    'order,email,status,date\n1,a@b.c,paid,2026-11-01\n2,nobody,paid,2026-11-01\n3,a@b.c,lost,2026-11-01\n' +
      '4,a@b.c,paid,3/4/2026\n5,a@b.c,paid,31.04.2026\n6,a@b.c,paid,\n7,a@b.c,paid,13/4/2026\n',
  );
  expect(report.bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '3 order 2 has no e-mail address to prove it by',
    expect.stringMatching(/^4 "lost" is not a state \(received, /),
    expect.stringMatching(/^5 .*"3\/4\/2026"; write it as 2026-11-21$/),
    '6 the date of the order is "31.04.2026", which is no day',
    '7 order 6 has no date',
  ]);
});
