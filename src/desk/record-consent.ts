import type { CustomerStore } from '../stores/customer-contracts.ts';
import type { CustomerMemory } from '../stores/memory-contracts.ts';
import { findCustomer, NO_CONTACT } from './find-customer.ts';

/** The purpose of the consent that recall rests on. */
export const MEMORY_PURPOSE = 'memory';
const CHAT = { source: 'chat', by: 'customer' };

/**
 * What is remembered of customers, with each consent and each withdrawal in the customer's record as well, so that
 * staff see what was said in the chat. One that fails in between is on the safe side: what is recorded may not be
 * remembered, but nothing is remembered that is not recorded.
 */
export function recordingConsent(memory: CustomerMemory, customers: CustomerStore): CustomerMemory {
  return {
    ...memory,
    setConsent: async (subject, given, origin) => {
      if (!given) await memory.setConsent(subject, false);
      // Who withdraws and is not known has no record, and gets none by it.
      const customer = given
        ? await findCustomer(customers, NO_CONTACT, subject)
        : await customers.findBySubject(subject);
      if (customer) {
        const recorded = (await customers.listConsents(customer.id)).find(
          ({ purpose }) => purpose === MEMORY_PURPOSE,
        );
        // Said again in the chat it is no news; staff write down whatever they are told.
        if (origin !== undefined || recorded?.given !== given)
          await customers.addConsent(customer.id, {
            purpose: MEMORY_PURPOSE,
            given,
            ...(origin ?? CHAT),
          });
      }
      if (given) await memory.setConsent(subject, true);
    },
  };
}
