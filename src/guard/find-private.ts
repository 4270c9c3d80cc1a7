/** Contacts that may be said: the shop's own. */
export interface OwnContacts {
  /** Lower-case domains and whole addresses. */
  domains: readonly string[];
  addresses: readonly string[];
  /** Phone, card and account numbers, digits and letters alone. */
  numbers: readonly string[];
}

export type PrivateKind = 'email' | 'phone' | 'card' | 'account';

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;
const PHONE = /(?<![\w.,/-])\+?\(?\d[\d ()/.-]{5,}\d(?![\w-])/g;
const CARD =
  /(?<![\w-])[2-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{2,7}(?![\w-])|(?<![\w-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\w-])/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
/** Mail boxes of a role and not of a person, at whatever domain. */
const ROLE =
  /^(?:info|help|hello|hallo|contact|kontakt|service|support|customer\w*|care|sales|shop|store|orders?|returns?|retoure\w*|refunds?|billing|invoices?|accounts?|accounting|payments?|complaints?|privacy|datenschutz|dpo|gdpr|security|abuse|legal|press|media|jobs?|careers?|hr|club|members?|business|b2b|trade|wholesale|workshop|repairs?|warranty|parts|booking\w*|reservations?|events?|news|newsletter|feedback|office|mail|post|team|marketing|admin|webmaster|noreply|no-reply|delivery|shipping|logistics|hire|rental|gift\w*|school\w*|education|partners?|dealers?)(?:[.+_-]\w+)?$/i;
/** Speaks of one person, by name or by what is nobody else's business. */
const PERSON =
  /\b(?:mr|mrs|ms|miss|dr|herr|frau|madame|monsieur|señora?|sig(?:nora)?)\.? \p{Lu}|\b(?:customer|client|buyer|patient|guest|caller|complainant|tenant|subscriber|reporter|recipient|kunde|kundin|cliente?)\s+(?:\p{Lu}\p{Ll}+(?:\s+\p{Lu}|['’]s)|named|called|no\b|number|#|:)|\b(?:private|personal|home|mobile) (?:number|phone|address|e-?mail|mobile)\b|\b(?:his|her|their) (?:number|phone|mobile|e-?mail|address|account|card)\b|\bdate of birth\b|\bborn on\b|\b(?:reach|call|phone|contact) (?:him|her)\b|\b\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:['’]s (?:phone|mobile|number|e-?mail|address|private|home)| can be reached| lives (?:at|in))/u;
/** Where the shop says to pay. */
const OWN_ACCOUNT =
  /\b(?:our (?:bank )?account|our bank|transfer (?:it|the (?:amount|money|sum|total))|bank transfer|payable to|payee|beneficiary|account holder|prepay|unser(?:em|e)? konto|notre compte|nuestra cuenta)\b/i;
const FREE_MAIL =
  /@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|gmx|web|t-online|proton(?:mail)?|mail|qq|163|126|yandex|orange|free|laposte|wanadoo|libero)\.\p{L}{2,}(?:\.\p{L}{2})?$/iu;

/**
 * Personal data of somebody else in a sentence: an address, a phone, card or account number that is neither the
 * shop's own nor one that the asker wrote.
 * @param asked what the customer wrote in this conversation
 */
export function findPrivate(sentence: string, own: OwnContacts, asked = ''): PrivateKind | null {
  const said = bare(asked);
  const foreign = (value: string): boolean =>
    !own.numbers.includes(bare(value)) && !said.includes(bare(value));
  const emails = sentence.match(EMAIL) ?? [];
  if (emails.some((email) => isForeignEmail(email, sentence, own, asked))) return 'email';
  if ((sentence.match(CARD) ?? []).some((card) => passesLuhn(card) && foreign(card))) return 'card';
  const accounts = (sentence.match(IBAN) ?? []).filter((account) => passesMod97(account) && foreign(account));
  if (accounts.length > 0 && (PERSON.test(sentence) || !OWN_ACCOUNT.test(sentence))) return 'account';
  const phones = (sentence.match(PHONE) ?? []).filter((phone) => isPhone(phone) && foreign(phone));
  return phones.length > 0 && PERSON.test(sentence) ? 'phone' : null;
}

function isForeignEmail(email: string, sentence: string, own: OwnContacts, asked: string): boolean {
  const address = email.toLowerCase();
  const [local = '', domain = ''] = address.split('@');
  if (own.addresses.includes(address) || asked.toLowerCase().includes(address)) return false;
  if (own.domains.some((one) => domain === one || domain.endsWith(`.${one}`))) return false;
  if (FREE_MAIL.test(address)) return true;
  if (ROLE.test(local)) return false;
  // A shop that did not say its own domain may be any of those that its documents name.
  return own.domains.length > 0 || PERSON.test(sentence);
}

/** Seven digits or more, or written as one; a date or a price is none. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length >= 7 && digits.length <= 15 && !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text.trim());
}

/** Luhn (ISO/IEC 7812-1). */
function passesLuhn(card: string): boolean {
  const digits = Array.from(card.replace(/\D/g, '')).reverse().map(Number);
  if (digits.length < 14 || digits.length > 19) return false;
  const sum = digits.reduce(
    (total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)),
    0,
  );
  return sum % 10 === 0;
}

/** ISO 7064 as used by IBAN (ISO 13616). */
function passesMod97(account: string): boolean {
  const compact = account.replace(/\s/g, '');
  if (compact.length < 15 || compact.length > 34) return false;
  const moved = compact.slice(4) + compact.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
