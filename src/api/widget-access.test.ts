import { expect, it, vi } from 'vitest';
import { startCatalogueServer } from '../testing/start-catalogue-server.ts';

// Each test opens real stores and a real socket; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const SHOP = 'https://shop.example';

async function preflight(url: string, path: string, origin: string): Promise<Response> {
  return fetch(url + path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
}

it('answers the preflight of a site on the list, for the chat', async () => {
  const { url } = await startCatalogueServer({ allowed_origins: SHOP });
  const response = await preflight(url, '/api/v1/chat', SHOP);
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe(SHOP);
  expect(response.headers.get('access-control-allow-methods')).toBe('POST');
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  expect(response.headers.get('vary')).toContain('Origin');
});

it('tells another site, and its owner, what to set', async () => {
  const { url } = await startCatalogueServer({ allowed_origins: SHOP });
  const response = await preflight(url, '/api/v1/chat', 'https://elsewhere.example');
  expect(response.status).toBe(403);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(await response.json()).toMatchObject({ error: { code: 'origin_not_allowed' } });
});

it('lets nobody in to what is not the chat', async () => {
  const { url, adminKey } = await startCatalogueServer({ allowed_origins: '*' });
  for (const path of [
    '/api/v1/products',
    '/api/v1/search',
    '/api/v1/memory',
    '/api/v1/documents',
    '/readyz',
  ]) {
    const { headers } = await preflight(url, path, SHOP);
    expect(headers.get('access-control-allow-origin'), path).toBeNull();
  }
  const products = await fetch(`${url}/api/v1/products`, {
    headers: { origin: SHOP, authorization: `Bearer ${adminKey}` },
  });
  expect(products.headers.get('access-control-allow-origin')).toBeNull();
});

it('lets no origin in by default, and takes no bad setting', async () => {
  const { url } = await startCatalogueServer();
  expect((await preflight(url, '/api/v1/chat', SHOP)).status).toBe(403);
  await expect(startCatalogueServer({ allowed_origins: 'shop.example' })).rejects.toThrow('allowed_origins');
});

it('lets other sites load the widget, and none of the other files', async () => {
  const { url } = await startCatalogueServer();
  const policy = async (path: string) =>
    (await fetch(url + path)).headers.get('cross-origin-resource-policy');
  expect(await policy('/widget.js?v=1')).toBe('cross-origin');
  expect(await policy('/widget-app.js')).toBe('cross-origin');
  expect(await policy('/index.html')).toBe('same-origin');
});
