/** The archive's member that an address in another one leads to; null when it leads elsewhere. */
export function memberAt(address: string, from: string): string | null {
  if (!URL.canParse(address, `zip:/${from}`)) return null;
  const { protocol, pathname } = new URL(address, `zip:/${from}`);
  if (protocol !== 'zip:') return null;
  const name = pathname.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    // Some writers leave a "%" of the name as it is.
    return name;
  }
}
