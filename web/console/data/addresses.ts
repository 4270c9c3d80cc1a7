/** Where the console is, and its pages that others link to. */
export const BASE = '/console';

export const ticketAddress = (number: number): string => `${BASE}/tickets/${number}`;
export const customerAddress = (id: string): string => `${BASE}/customers/${encodeURIComponent(id)}`;
export const threadAddress = (id: string, view = 'all'): string =>
  `${BASE}/inbox/${view}/${encodeURIComponent(id)}`;
