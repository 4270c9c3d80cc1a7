import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../answer/answer-types.ts';
import { openApp, type App } from '../app.ts';
import { loadConfig } from '../config.ts';
import type { Product } from '../stores/catalogue-contracts.ts';

const SIGNAL = new AbortController().signal;

const product = (code: string, name: string, minor: number): Product => ({
  code,
  name,
  family: code,
  category: 'Lamps',
  brand: 'Glow',
  description: 'A lamp.',
  url: null,
  attributes: {},
  price: { minor, currency: 'EUR' },
  stock: 3,
  deliveryDays: 2,
});
async function* rows(...products: Product[]): AsyncGenerator<Product> {
  yield* products;
}

/** An app whose prices come from one source of the given kind. */
describe('a price that changes', () => {
  let app: App;
  let shop: Server;
  let folder: string;
  let sqlFile: string;
  let httpPrice = '20.00';
  let at = new Date('2026-11-23T10:00:00Z');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'answerbox-test-'));
    sqlFile = join(folder, 'shop.sqlite');
    const database = new Database(sqlFile);
    database.exec(
      `CREATE TABLE prices (code TEXT, amount TEXT); INSERT INTO prices VALUES ('SQL-1', '30.00')`,
    );
    database.close();
    shop = createServer((request, response) => {
      const known = request.url?.includes('HTTP-1') === true;
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known ? { price: httpPrice } : {}));
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const { port } = shop.address() as AddressInfo;
    writeFileSync(
      join(folder, 'sources.json'),
      JSON.stringify([
        {
          type: 'http',
          name: 'shop-api',
          kinds: ['price'],
          cache_seconds: 0,
          url: `http://127.0.0.1:${port}/prices/{key}`,
          fields: { price: { amount: 'price', currency: 'EUR', unit: 'major' } },
        },
        {
          type: 'sql',
          name: 'till',
          kinds: ['price'],
          cache_seconds: 0,
          file: sqlFile,
          query: 'SELECT amount FROM prices WHERE code = @key',
          fields: { price: { amount: 'amount', currency: 'EUR', unit: 'major' } },
        },
        { type: 'embedded', name: 'catalogue', cache_seconds: 0 },
      ]),
    );
    const { config } = loadConfig({ environment: {} });
    app = await openApp({ ...config, data_dir: folder, demo: false }, { now: () => at });
    await app.catalogue.importProducts(
      rows(
        { ...product('HTTP-1', 'Beacon lamp', 100), price: null },
        product('SQL-1', 'Candle lamp', 100),
        product('OWN-1', 'Dusk lamp', 4000),
      ),
      { replace: true },
    );
    await app.refreshProducts();
  });
  afterAll(async () => {
    await app.close();
    shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (message: string): Promise<Answer> => {
    const events = app.answer({ message, signal: SIGNAL });
    for (;;) {
      const step = await events.next();
      if (step.done) return step.value;
    }
  };

  it('shows in the next answer, with the time it was read, from an HTTP source', async () => {
    expect((await ask('How much is the Beacon lamp?')).answer).toContain('20.00 EUR');
    httpPrice = '24.50';
    const { answer, products } = await ask('How much is the Beacon lamp?');
    expect(answer).toContain('24.50 EUR');
    expect(answer).toMatch(/Read at \d\d:\d\d/);
    expect(products[0]?.price).toMatchObject({ value: '24.50 EUR', source: 'shop-api' });
  });
  it('shows in the next answer from an SQL source', async () => {
    expect((await ask('How much is the Candle lamp?')).answer).toContain('30.00 EUR');
    const database = new Database(sqlFile);
    database.exec(`UPDATE prices SET amount = '33.00'`);
    database.close();
    const { answer, products } = await ask('How much is the Candle lamp?');
    expect(answer).toContain('33.00 EUR');
    expect(products[0]?.price?.source).toBe('till');
  });
  it('shows in the next answer from the catalogue', async () => {
    expect((await ask('How much is the Dusk lamp?')).answer).toContain('40.00 EUR');
    await app.catalogue.importProducts(rows(product('OWN-1', 'Dusk lamp', 4400)), { replace: false });
    const { answer, products } = await ask('How much is the Dusk lamp?');
    expect(answer).toContain('44.00 EUR');
    expect(products[0]?.price?.source).toBe('catalogue');
  });
  it('says what could not be checked while a source is away', async () => {
    await new Promise((resolve) => shop.close(resolve));
    const { answer } = await ask('How much is the Beacon lamp?');
    expect(answer).toContain('I could not check the price of Beacon lamp just now.');
  });
  it('never shows an order in 100 tries with wrong proofs', async () => {
    await app.orders.importOrders(
      (async function* () {
        yield {
          number: 'AB-10001',
          email: 'ann@post.example',
          state: 'shipped' as const,
          items: [],
          total: null,
          placedAt: '2026-11-20',
          shippedAt: null,
          expectedAt: null,
          carrier: null,
          tracking: 'SECRET-77',
        };
      })(),
      { replace: true },
    );
    for (let tries = 0; tries < 100; tries += 1) {
      at = new Date(at.getTime() + 60_000);
      const answer = await ask(`Where is AB-10001? I am ann${tries}@post.example`);
      expect(answer.order).toBeNull();
      expect(JSON.stringify(answer)).not.toContain('SECRET-77');
    }
  });
});
