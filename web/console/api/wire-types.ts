import type { Static } from '@sinclair/typebox';
import type {
  CUSTOMER,
  EVENT,
  HANDOVER,
  PRESENT,
  SUGGESTION,
  THREAD,
  TICKET,
} from '../../../src/api/schemas/desk-schema.ts';
import type { OWN_SESSION } from '../../../src/api/schemas/staff-schema.ts';

/** What goes over the wire, taken from the routes' own schemas. */
export type Session = Static<typeof OWN_SESSION>;
export type Permission = Session['permissions'][number];
export type Thread = Static<typeof THREAD>;
export type Ticket = Static<typeof TICKET>;
export type TicketStatus = Ticket['status'];
export type Priority = Ticket['priority'];
export type Customer = Static<typeof CUSTOMER>;
export type SuggestedReply = Static<typeof SUGGESTION>;
export type Handover = Static<typeof HANDOVER>;
export type DeskEvent = Static<typeof EVENT>;
export type Present = Static<typeof PRESENT>;

export interface WholeThread extends Thread {
  customer: Customer | null;
  ticket_details: Ticket | null;
  handover: Handover | null;
  present: Present;
  /** Whether a reply also goes out by mail, or why not. */
  mail: 'sent' | 'no_address' | 'no_server';
}
export interface WholeTicket extends Ticket {
  customer: Customer | null;
  handover: Handover | null;
  threads: Thread[];
  links: number[];
}
export interface Consent {
  purpose: string;
  given: boolean;
  source: string;
  by: string;
  at: string;
}
export interface WholeCustomer extends Customer {
  threads: Thread[];
  tickets: Ticket[];
  consents: Consent[];
}
export interface StaffMember {
  id: string;
  name: string;
  role: string;
  online: boolean;
}
/** Cursor pages of any list. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}
