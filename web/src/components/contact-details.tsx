import type { Shop } from '../api/wire-types.ts';
import { translate } from '../translate.ts';

/** How else the shop can be reached, where it said so. */
export function ContactDetails({ shop }: { shop: Shop | null }) {
  if (!shop?.email && !shop?.phone) return null;
  return (
    <p class="contact-details">
      {translate('handover.contact')}{' '}
      {shop.email && <a href={`mailto:${shop.email}`}>{shop.email}</a>}
      {shop.email && shop.phone && ' · '}
      {shop.phone && <a href={`tel:${shop.phone.replace(/[^+\d]/g, '')}`}>{shop.phone}</a>}
    </p>
  );
}
