import type { HoursProfile } from '../shop/hours-profile.ts';
import type { CustomerStore } from '../stores/customer-contracts.ts';
import type { DeskStore } from '../stores/desk-contracts.ts';
import type { Actor } from '../stores/thread-contracts.ts';
import type { UserStore } from '../stores/staff-contracts.ts';
import type { EventHub } from './event-hub.ts';
import type { HandoverRule } from './handover-rules.ts';
import type { SlaPolicies } from './sla-policies.ts';

/** What the rules of the desk work with. The store tells the hub of all that is written through it. */
export interface DeskTools {
  store: DeskStore;
  customers: CustomerStore;
  users: Pick<UserStore, 'getUser' | 'listUsers'>;
  hub: EventHub;
  rules: readonly HandoverRule[];
  policies: SlaPolicies;
  profile: () => HoursProfile;
  /** A mail server is set, so that customers who left an address are written to. */
  mail: boolean;
  /** Of a text, as ISO 639-1; null where nothing can be said. */
  languageOf: (text: string) => Promise<string | null>;
  now: () => Date;
}

/** The desk itself: its clock and its rules. */
export const DESK_ACTOR: Actor = { kind: 'desk', id: '', name: 'Desk' };
export const CUSTOMER_ACTOR: Actor = { kind: 'customer', id: '', name: '' };
