import type { DocumentRecord } from '../stores/contracts.ts';

/** Text without a declared encoding is read by browsers as they please; ours was detected, not declared. */
const TYPE = /^[a-z]+\/[\w.+-]+$/i;

/** Headers under which an original is saved as a file and never shown as a page. */
export function downloadHeaders({
  source,
  mediaType,
}: Pick<DocumentRecord, 'source' | 'mediaType'>): Record<string, string> {
  const last = source.split(/[/\\]/).at(-1) ?? '';
  const name =
    last
      .replace(/^[a-z]+:/i, '')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}"\\/]+/gu, '_')
      .slice(0, 200) || 'document';
  // RFC 6266: a plain name for old programs, the real one in UTF-8 beside it.
  const plain = name.replace(/[^\u0020-\u007e]/g, '_').replace(/[%;]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-type': TYPE.test(mediaType) ? mediaType : 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  };
}
