import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { CRAWL } from './crawl-settings.ts';
import { normaliseAddress } from './page-address.ts';

/**
 * Addresses of the pages and of further sitemaps that a sitemap lists (sitemaps.org), packed or not; null when
 * it is none. Entities are not expanded.
 */
export function readSitemap(bytes: Uint8Array, address: string): string[] | null {
  const text = textOf(bytes);
  if (text === null || !/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/.test(text.slice(0, 4_096))) return null;
  try {
    const parser = new XMLParser({ processEntities: false, ignoreAttributes: true, removeNSPrefix: true });
    const root = parser.parse(text) as Record<string, Record<string, unknown>>;
    const entries = [root['urlset']?.['url'], root['sitemapindex']?.['sitemap']].flat();
    const found = entries.flatMap((entry) => {
      const place = (entry as { loc?: unknown } | undefined)?.loc;
      const link = typeof place === 'string' ? normaliseAddress(decode(place.trim()), address) : null;
      return link === null ? [] : [link];
    });
    return [...new Set(found)].slice(0, CRAWL.sitemapAddresses);
  } catch {
    return [];
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: CRAWL.sitemapBytes }) : bytes;
    return new TextDecoder().decode(plain);
  } catch {
    return null;
  }
}

/** The five entities of XML itself, which an address with parameters needs. */
function decode(text: string): string {
  const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => known[name]!);
}
