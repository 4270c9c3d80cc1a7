import type { SiteSettings } from '../../stores/sync-contracts.ts';
import { CRAWL } from './crawl-settings.ts';

/** Parameters that say where a visitor came from, not what the page shows. */
const TRACKING = /^(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|_ga|ref_src)$/i;

/**
 * The one form of a page's address: no fragment, no tracking, no default page; null when it is no HTTP address
 * or carries a password.
 */
export function normaliseAddress(address: string, base?: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  if (url.search === '?') url.search = '';
  url.pathname = url.pathname.replace(/\/index\.(?:html?|php)$/i, '/');
  return url.href;
}

/** An address of the same site: same host, with or without 'www.', same port. */
export function isSameSite(left: string, right: string): boolean {
  const hostOf = (address: string): string => new URL(address).host.replace(/^www\./, '');
  return hostOf(left) === hostOf(right);
}

/** Addresses that only a trap makes: endless calendars, folders in themselves, sorting in all its forms. */
export function looksEndless(address: string): boolean {
  if (address.length > CRAWL.addressCharacters) return true;
  const counts = new Map<string, number>();
  for (const part of new URL(address).pathname.split('/').filter((one) => one !== '')) {
    counts.set(part, (counts.get(part) ?? 0) + 1);
    if (counts.get(part)! > CRAWL.repeatedPart) return true;
  }
  return false;
}

/** True when the address is one that the owner wants: some include pattern, if there are any, and no exclude pattern. */
export function isWanted(address: string, { include, exclude }: SiteSettings): boolean {
  const { pathname, search } = new URL(address);
  const matches = (pattern: string): boolean => matchesGlob(pattern, pathname + search);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/**
 * `*` stands for anything within a part of the path, `**` for anything; the rest for itself. Takes pattern times
 * text steps whatever both are: an expression with many stars could take for ever.
 */
function matchesGlob(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\*\*|[^]/gu) ?? [];
  const isStar = (token: string | undefined): boolean => token === '*' || token === '**';
  const withStars = (places: Set<number>): Set<number> => {
    // A star may stand for nothing; places that are added are looked at in the same round.
    for (const place of places) if (isStar(tokens[place])) places.add(place + 1);
    return places;
  };
  let places = withStars(new Set([0]));
  for (const sign of text) {
    const next = new Set<number>();
    for (const place of places) {
      const token = tokens[place];
      if (token === '**' || (token === '*' && sign !== '/')) next.add(place);
      else if (token === sign && !isStar(token)) next.add(place + 1);
    }
    places = withStars(next);
    if (places.size === 0) return false;
  }
  return places.has(tokens.length);
}

/** The last part of the path, for the format and as a title of last resort. */
export function nameOfPage(address: string): string {
  const { hostname, pathname } = new URL(address);
  const last = pathname
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  if (last === undefined) return hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
