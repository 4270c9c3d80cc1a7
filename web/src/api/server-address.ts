/** Empty on pages that the server itself serves. */
let server = '';
let identity: string | null = null;

/** For pages of other sites: where the server is, as an origin. */
export function setServer(origin: string): void {
  server = origin;
}

/** Who the customer is, as a token that the shop signed; sent with each question. */
export function setIdentity(token: string | null): void {
  identity = token;
}

export function readIdentity(): string | null {
  return identity;
}

export function serverUrl(path: string): string {
  return server + path;
}

/** What a document's relative address is relative to. */
export function documentBase(): string {
  return server || document.baseURI;
}
