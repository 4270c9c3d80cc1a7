import { expect, it } from 'vitest';
import { downloadHeaders } from './download-headers.ts';

const name = (source: string): string =>
  downloadHeaders({ source, mediaType: 'application/pdf' })['content-disposition']!;

it('names the file as it was called, in ASCII and in full', () => {
  expect(name('/docs/Preise für Öl.pdf')).toBe(
    `attachment; filename="Preise f_r _l.pdf"; filename*=UTF-8''Preise%20f%C3%BCr%20%C3%96l.pdf`,
  );
});

it('lets no name end the header or its quotes', () => {
  expect(name('upload:a"\r\nx: y.html')).toBe(
    `attachment; filename="a_x: y.html"; filename*=UTF-8''a_x%3A%20y.html`,
  );
  expect(name('///')).toContain('filename="document"');
});

it('never lets a browser run it', () => {
  const headers = downloadHeaders({ source: 'a.html', mediaType: 'text/html' });
  expect(headers).toMatchObject({ 'content-type': 'text/html', 'x-content-type-options': 'nosniff' });
  expect(headers['content-security-policy']).toMatch(/^sandbox/);
  expect(downloadHeaders({ source: 'a', mediaType: 'x\r\ny' })['content-type']).toBe(
    'application/octet-stream',
  );
});
