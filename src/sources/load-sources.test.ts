import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogue, createMemoryOrders } from '../testing/memory-catalogue.ts';
import { productRow, rowsOf } from '../testing/shop-rows.ts';
import { sendJson, startHttpServer } from '../testing/start-http-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createLiveFacts } from './live-facts.ts';
import { loadSources, type SourceTools } from './load-sources.ts';
import type { FactKind, FactResult, LiveSource } from './source-contracts.ts';

const HTTP = {
  type: 'http',
  name: 'shop',
  kinds: ['price'],
  url: 'http://shop.internal:8080/{key}',
  headers: { authorization: 'Bearer {secret:SHOP_TOKEN}' },
  fields: { price: { amount: 'price', unit: 'major', currency: 'EUR' } },
};
const SQL = {
  type: 'sql',
  name: 'stock',
  kinds: ['stock'],
  file: 'erp.sqlite',
  query: 'SELECT pieces FROM stock WHERE code = @key',
  fields: { stock: { pieces: 'pieces' } },
};
const HUSH = 'very-secret-token';

let folder: string;
let tools: SourceTools;
beforeEach(async () => {
  folder = temporaryFolder();
  const catalogue = createMemoryCatalogue();
  await catalogue.importProducts(rowsOf(productRow({ code: 'A1' })), { replace: true });
  tools = { catalogue, orders: createMemoryOrders(), secrets: { SHOP_TOKEN: HUSH } };
});

function load(sources?: unknown): Promise<LiveSource[]> {
  const text = typeof sources === 'string' ? sources : JSON.stringify(sources);
  if (sources !== undefined) writeFileSync(join(folder, 'sources.json'), text);
  return loadSources(folder, tools);
}

async function ask(sources: LiveSource[], kind: FactKind): Promise<FactResult | undefined> {
  const facts = createLiveFacts(sources, { budgetMs: 20_000 });
  const results = await facts.read([{ kind, key: 'A1' }], { signal: new AbortController().signal });
  return results.get(`${kind}:A1`);
}

describe('the sources that the owner set up', () => {
  it('are the imported catalogue alone when there is no file', async () => {
    const sources = await load();
    expect(sources.map(({ name, kinds }) => ({ name, kinds }))).toEqual([
      { name: 'catalogue', kinds: ['price', 'stock', 'delivery', 'order'] },
    ]);
    expect(await ask(sources, 'stock')).toMatchObject({ fact: { source: 'catalogue', stock: 7 } });
  });

  it('are asked in the order of the file: an API, another database, then the catalogue', async () => {
    const server = await startHttpServer((request, response) =>
      sendJson(response, { price: request.headers.authorization === `Bearer ${HUSH}` ? 4.5 : 0 }),
    );
    const erp = new Database(join(folder, 'erp.sqlite'));
    erp.exec(`CREATE TABLE stock (code TEXT, pieces INTEGER); INSERT INTO stock VALUES ('A1', 2)`);
    erp.close();
    const http = { ...HTTP, url: `http://${server.host}/{key}` };
    const sources = await load([http, SQL, { type: 'embedded', name: 'own' }]);
    expect(await ask(sources, 'price')).toMatchObject({ fact: { source: 'shop', price: { minor: 450 } } });
    expect(await ask(sources, 'stock')).toMatchObject({ fact: { source: 'stock', stock: 2 } });
    expect(await ask(sources, 'delivery')).toMatchObject({ fact: { source: 'own', days: 2 } });
  });

  it('are cached for the seconds they name', async () => {
    let time = 1_000_000;
    tools = { ...tools, now: () => time };
    const [source] = await load([{ type: 'embedded', name: 'own', kinds: ['stock'], cache_seconds: 60 }]);
    const stock = (): Promise<FactResult> | undefined =>
      source?.read({ kind: 'stock', key: 'A1' }, { signal: new AbortController().signal });
    const first = await stock();
    await tools.catalogue.importProducts(rowsOf(productRow({ code: 'A1', stock: 1 })), { replace: true });
    time += 59_000;
    expect(await stock()).toEqual(first);
    time += 1_000;
    expect(await stock()).toMatchObject({ fact: { stock: 1 } });
  });

  it('may name a database that is not there yet', async () => {
    expect(await ask(await load([SQL]), 'stock')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('missing'),
    });
  });

  it('may be those of the manual', async () => {
    const manual = readFileSync(new URL('SOURCES.md', import.meta.url), 'utf8');
    const sources = await load(/```json\n([^`]+)```/.exec(manual)?.[1]);
    expect(sources.map(({ name }) => name)).toEqual(['shop API', 'merchandise system', 'imported catalogue']);
  });

  it('may allow further hosts', async () => {
    expect(await load([{ ...HTTP, allowed_hosts: ['shop.internal:8080', 'cdn.internal'] }])).toHaveLength(1);
  });
});

describe('a bad sources.json stops the start and names the field', () => {
  it.each<[string, string, unknown]>([
    ['the file', 'not valid JSON', '[{'],
    ['the file', 'must hold a list', { sources: [] }],
    ['[0].type', 'must be one of embedded, http, sql', [{ type: 'ftp' }]],
    ['[0].type', 'must be one of', [null]],
    ['[0].type', 'must be one of', [{ type: 'toString' }]],
    ['[0].name', 'required', [{ type: 'embedded' }]],
    [
      '[1].name',
      'name of another source',
      [
        { type: 'embedded', name: 'a' },
        { type: 'embedded', name: 'a' },
      ],
    ],
    ['[0].cache_secs', 'unexpected', [{ type: 'embedded', name: 'a', cache_secs: 5 }]],
    ['[0].cache_seconds', 'greater or equal to 0', [{ type: 'embedded', name: 'a', cache_seconds: -1 }]],
    [
      '[0].kinds.0',
      'must be one of price, stock, delivery, order',
      [{ type: 'embedded', name: 'a', kinds: ['colour'] }],
    ],
    ['[0].kinds', 'unique', [{ type: 'embedded', name: 'a', kinds: ['price', 'price'] }]],
    ['[0].fields.stock', 'is missing', [{ ...HTTP, kinds: ['price', 'stock'] }]],
    [
      '[0].fields.price.unit',
      'must be one of major, minor',
      [{ ...HTTP, fields: { price: { amount: 'a', unit: 'cents' } } }],
    ],
    [
      '[0].fields.price.currency',
      'is missing',
      [{ ...HTTP, fields: { price: { amount: 'a', unit: 'minor' } } }],
    ],
    [
      '[0].fields.price.currency',
      'ISO 4217',
      [{ ...HTTP, fields: { price: { amount: 'a', unit: 'minor', currency: 'XQQ' } } }],
    ],
    ['[0].url', '{key}', [{ ...HTTP, url: 'http://shop.internal/' }]],
    ['[0].url', 'http://', [{ ...HTTP, url: 'ftp://shop.internal/{key}' }]],
    ['[0].url', 'in its host', [{ ...HTTP, url: 'http://{key}.internal/' }]],
    ['[0].url', 'password', [{ ...HTTP, url: 'http://me:word@shop.internal/{key}' }]],
    ['[0].url', 'after #', [{ ...HTTP, url: 'http://shop.internal/#{key}' }]],
    ['[0].url', 'not a URL', [{ ...HTTP, url: 'shop/{key}' }]],
    [
      '[0].allowed_hosts',
      'does not name shop.internal:8080',
      [{ ...HTTP, allowed_hosts: ['shop.internal'] }],
    ],
    ['[0].time_limit_ms', '50', [{ ...HTTP, time_limit_ms: 1 }]],
    ['[0].retries', '5', [{ ...HTTP, retries: 50 }]],
    [
      '[0].headers.authorization',
      'OTHER',
      [{ ...HTTP, headers: { authorization: 'Bearer {secret:OTHER}' } }],
    ],
    ['[0].headers.x y', 'not a valid HTTP header', [{ ...HTTP, headers: { 'x y': '{secret:SHOP_TOKEN}' } }]],
    [
      '[0].headers.x',
      'not a valid HTTP header',
      [{ ...HTTP, headers: { x: '{secret:SHOP_TOKEN}\r\nevil: 1' } }],
    ],
    ['[0].query', 'required', [{ ...SQL, query: undefined }]],
    ['[0].query', 'no such column', [{ ...SQL, query: 'SELECT shelf FROM stock WHERE code = @key' }]],
    ['[0].query', 'begin with SELECT', [{ ...SQL, query: 'DELETE FROM stock WHERE code = @key' }]],
  ])('%s: %s', async (field, reason, sources) => {
    const erp = new Database(join(folder, 'erp.sqlite'));
    erp.exec('CREATE TABLE stock (code TEXT, pieces INTEGER)');
    erp.close();
    const error: unknown = await load(sources).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'sources_invalid',
      details: { path: join(folder, 'sources.json'), field },
      message: expect.stringContaining(reason),
    });
    expect(JSON.stringify(error) + (error as Error).message).not.toContain(HUSH);
  });
});
