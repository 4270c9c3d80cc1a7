/** Where the console is, and its pages that others link to. */
export const BASE = '/console';

export const ticketAddress = (number: number): string => `${BASE}/tickets/${number}`;
export const customerAddress = (id: string): string => `${BASE}/customers/${encodeURIComponent(id)}`;
/** @param write the focus goes into the field for it */
export const threadAddress = (id: string, view = 'all', write?: 'reply' | 'note'): string =>
  `${BASE}/inbox/${view}/${encodeURIComponent(id)}${write ? `?write=${write}` : ''}`;
