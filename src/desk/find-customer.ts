import type { CustomerRecord, CustomerStore } from '../stores/customer-contracts.ts';
import type { Contact } from '../stores/ticket-contracts.ts';

export const NO_CONTACT: Contact = { name: null, email: null, phone: null };

/**
 * The customer of a contact: of the shop's own id when the shop vouches for it, else of the address, which only
 * says who they claim to be. Made when there is none; null when nothing is known of them.
 */
export async function findCustomer(
  customers: CustomerStore,
  contact: Contact,
  subject: string | null = null,
): Promise<CustomerRecord | null> {
  if (subject !== null) {
    const known = await customers.findBySubject(subject);
    return known ?? customers.create({ ...given(contact), subject });
  }
  if (contact.email === null) return null;
  const known = await customers.findByEmail(contact.email);
  if (!known) return customers.create(given(contact));
  const missing = {
    ...(known.name === null && contact.name !== null && { name: contact.name }),
    ...(known.phone === null && contact.phone !== null && { phone: contact.phone }),
  };
  return Object.keys(missing).length === 0 ? known : customers.change(known.id, missing);
}

function given({ name, email, phone }: Contact) {
  return {
    ...(name !== null && { name }),
    ...(email !== null && { email }),
    ...(phone !== null && { phone }),
  };
}

/** What was known before stays where nothing new was said. */
export function mergeContact(before: Contact, fresh: Partial<Contact>): Contact {
  return {
    name: fresh.name ?? before.name,
    email: fresh.email ?? before.email,
    phone: fresh.phone ?? before.phone,
  };
}
