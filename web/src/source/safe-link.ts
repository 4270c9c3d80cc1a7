/** An address that may be opened: a web page, never a script or a file. */
export function safeLink(url: string | null, base: string): string | null {
  if (!url || !URL.canParse(url, base)) return null;
  const { protocol, href } = new URL(url, base);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
