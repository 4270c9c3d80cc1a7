import type { Shop } from '../api/wire-types.ts';
import { translate } from '../translate.ts';

interface Props {
  shop: Shop | null;
  /** The text above; what it already names is not said twice. */
  after: string;
}

/** How else the shop can be reached, where it said so. */
export function ContactDetails({ shop, after }: Props) {
  const email = shop?.email && !after.includes(shop.email) ? shop.email : null;
  const phone = shop?.phone && !after.includes(shop.phone) ? shop.phone : null;
  if (!email && !phone) return null;
  return (
    <p class="contact-details">
      {translate('handover.contact')} {email && <a href={`mailto:${email}`}>{email}</a>}
      {email && phone && ' · '}
      {phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>}
    </p>
  );
}
