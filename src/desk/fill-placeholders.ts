import type { CustomerRecord } from '../stores/customer-contracts.ts';
import type { TicketRecord } from '../stores/ticket-contracts.ts';

export interface PlaceholderFacts {
  customer: CustomerRecord | null;
  ticket: TicketRecord | null;
  agent: string;
  shop: { name: string; email: string | null; phone: string | null };
}

/** `{{customer.name}}` and its like; what is not known stays as it is and is named. */
export function fillPlaceholders(text: string, facts: PlaceholderFacts): { text: string; missing: string[] } {
  const values = valuesOf(facts);
  const missing = new Set<string>();
  const filled = text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (place, name: string) => {
    const value = values[name];
    if (value == null || value === '') missing.add(name);
    return value == null || value === '' ? place : value;
  });
  return { text: filled, missing: [...missing] };
}

function valuesOf({ customer, ticket, agent, shop }: PlaceholderFacts): Record<string, string | null> {
  const name = customer?.name ?? ticket?.contact.name ?? null;
  return {
    'customer.name': name,
    'customer.first_name': name?.trim().split(/\s+/)[0] ?? null,
    'customer.email': customer?.email ?? ticket?.contact.email ?? null,
    'ticket.number': ticket ? String(ticket.number) : null,
    'ticket.subject': ticket?.subject ?? null,
    'agent.name': agent,
    'shop.name': shop.name,
    'shop.email': shop.email,
    'shop.phone': shop.phone,
  };
}
