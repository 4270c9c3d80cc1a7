import type { Page, Paged } from './page-contracts.ts';

/** Customers: who they are, and what they agreed to. */

export interface CustomerRecord {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** The shop's own id, from a token that it signed; null for one who only says who they are. */
  subject: string | null;
  language: string | null;
  vip: boolean;
  notes: string;
  attributes: Record<string, string>;
  mergedInto: string | null;
  createdAt: string;
  updatedAt: string;
}

export type CustomerChange = Partial<
  Pick<CustomerRecord, 'name' | 'email' | 'phone' | 'language' | 'vip' | 'notes' | 'attributes'>
>;

export interface ConsentRecord {
  purpose: string;
  given: boolean;
  source: string;
  by: string;
  at: string;
}

export interface CustomerStore {
  create(customer: CustomerChange & { subject?: string }): Promise<CustomerRecord>;
  get(id: string): Promise<CustomerRecord | null>;
  findBySubject(subject: string): Promise<CustomerRecord | null>;
  /** The oldest one of this address. */
  findByEmail(email: string): Promise<CustomerRecord | null>;
  list(filter: { text?: string }, page: Page): Promise<Paged<CustomerRecord>>;
  change(id: string, change: CustomerChange): Promise<CustomerRecord | null>;
  /** Threads, tickets, consents and what is missing in the second go over to it. */
  merge(from: string, into: string): Promise<CustomerRecord | null>;
  addConsent(id: string, consent: Omit<ConsentRecord, 'at'>): Promise<void>;
  /** Newest first. */
  listConsents(id: string): Promise<ConsentRecord[]>;
}
