import type { Query } from './desk-api.ts';
import { call } from './request.ts';
import type { Consent, Customer, Page, WholeCustomer } from './wire-types.ts';

const PAGE = 50;
const at = (id: string): string => `/api/v1/customers/${encodeURIComponent(id)}`;

export async function listCustomers(
  query: Query,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Customer>> {
  const body = await call<{ customers: Customer[]; next_cursor: string | null }>('GET', '/api/v1/customers', {
    query: { ...query, limit: PAGE, cursor },
    ...(signal && { signal }),
  });
  return { items: body.customers, next: body.next_cursor };
}

export const getCustomer = (id: string, signal?: AbortSignal) =>
  call<WholeCustomer>('GET', at(id), signal && { signal });

export type CustomerFields = Partial<
  Pick<Customer, 'name' | 'email' | 'phone' | 'language' | 'vip' | 'notes'>
>;

export const addCustomer = (fields: CustomerFields) =>
  call<Customer>('POST', '/api/v1/customers', { body: fields });

export const changeCustomer = (id: string, fields: CustomerFields) =>
  call<WholeCustomer>('PATCH', at(id), { body: fields });

export const recordConsent = (id: string, purpose: string, given: boolean, source: string) =>
  call<{ consents: Consent[] }>('PUT', `${at(id)}/consents/${encodeURIComponent(purpose)}`, {
    body: { given, source },
  });

export const mergeCustomer = (id: string, into: string) =>
  call<WholeCustomer>('POST', `${at(id)}/merge`, { body: { into } });
