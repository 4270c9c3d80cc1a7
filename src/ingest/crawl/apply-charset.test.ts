import iconv from 'iconv-lite';
import { describe, expect, it, vi } from 'vitest';
import { startHttpServer } from '../../testing/start-http-server.ts';
import { startKnowledgeServer } from '../../testing/start-knowledge-server.ts';
import { applyCharset } from './apply-charset.ts';

vi.setConfig({ testTimeout: 60_000 });

const PAGES = {
  'iso-8859-1': 'Größe und Übergröße: für 12 Euro, kürzer auf Anfrage.',
  shift_jis: 'ロープの長さは十メートルです。返品は三十日以内。',
  gbk: '绳子长十米。三十天内可以退货。',
} as const;

describe('pages of a crawl in other character sets', () => {
  it('are read by their Content-Type, before <meta> and before what they look like, links too', async () => {
    const types = Object.keys(PAGES) as (keyof typeof PAGES)[];
    const site = await startHttpServer(({ url }, response) => {
      const charset = types.find((name) => url === `/${name}`);
      if (url === '/') {
        const links = types.map((name) => `<a href="/${name}">${name}</a>`).join(' ');
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(`<html><body>${links}<p>Start.</p></body></html>`);
      } else if (charset) {
        // What the page says of itself is wrong, as on sites that were moved from one server to another.
        const page = `<html><head><meta charset="koi8-r"><title>${charset}</title></head><body><main><p>${PAGES[charset]}</p><a href="/${encodeURIComponent('näher')}-${charset}">x</a></main></body></html>`;
        response.writeHead(200, { 'content-type': `text/html; charset=${charset.toUpperCase()}` });
        response.end(iconv.encode(page, charset));
      } else response.writeHead(404).end();
    });
    const { call, over } = await startKnowledgeServer(() => ({}), { crawl_private_hosts: site.host });
    const body = { url: `http://${site.host}/` };
    const job = await over((await call('POST', '/api/v1/documents', body)).body.job_id);
    expect(job.counts).toMatchObject({ added: 4 });
    const { documents } = (await call('GET', '/api/v1/documents')).body;
    for (const charset of types) {
      const { id } = documents.find(({ source }: { source: string }) => source.endsWith(`/${charset}`));
      expect((await call('GET', `/api/v1/documents/${id}`)).body.text).toContain(PAGES[charset]);
    }
    // Nothing is read again for it: neither by the next visit nor by the parsers of another day.
    const again = await over((await call('POST', '/api/v1/documents', body)).body.job_id);
    expect(again.counts).toMatchObject({ unchanged: 4 });
    const reread = await over((await call('POST', '/api/v1/documents/reread')).body.id);
    expect(reread.counts).toEqual({ unchanged: 4 });
  });
});

describe('the character set of a header', () => {
  const html = { mediaType: 'text/html' };
  const utf8 = Buffer.from('Größe und Übergröße');

  it('changes no bytes where it makes no difference, is wrong, unknown, or of no text', () => {
    const latin = Buffer.from(PAGES['iso-8859-1'], 'latin1');
    for (const [about, bytes] of [
      [{ ...html, charset: null }, latin],
      [{ ...html, charset: 'iso-8859-1' }, latin],
      [{ ...html, charset: 'utf-8' }, latin],
      [{ ...html, charset: 'no-such-thing' }, latin],
      [{ ...html, charset: 'iso-8859-1' }, utf8],
      [{ ...html, charset: 'shift_jis' }, Buffer.from('plain words')],
      [{ ...html, charset: 'gbk' }, Buffer.from('\ufeffGröße')],
      [{ mediaType: 'application/pdf', charset: 'gbk' }, utf8],
    ] as const)
      expect(applyCharset(about, bytes)).toBe(bytes);
  });

  it('decides where the letters alone would be read as another one', () => {
    const bytes = iconv.encode('退货', 'gbk');
    expect(Buffer.from(applyCharset({ ...html, charset: 'gbk' }, bytes)).toString('utf8')).toBe('\ufeff退货');
    const wide = Buffer.from('短い', 'utf16le');
    expect(Buffer.from(applyCharset({ ...html, charset: 'utf-16le' }, wide)).toString('utf8')).toBe(
      '\ufeff短い',
    );
  });
});
