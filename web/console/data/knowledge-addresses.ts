import { BASE } from './addresses.ts';

/** Where the pages on documents are that others link to. */
export const DOCUMENTS = `${BASE}/documents`;
export const documentAddress = (id: string): string => `${DOCUMENTS}/${encodeURIComponent(id)}`;
export const importAddress = (id: string): string => `${BASE}/imports/${encodeURIComponent(id)}`;
export const retrievalAddress = (query: string): string =>
  `${BASE}/retrieval?${new URLSearchParams({ q: query }).toString()}`;
