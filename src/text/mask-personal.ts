/** What says by its form that it is personal. Each pattern reads a text once, without going back. */
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}(?![\p{L}\p{N}])/gu;
/** Digits with what people write between them; how many there are decides. */
const NUMBER = /(?<![\p{L}\p{N}-])\+?\(?\d(?:[ ()/.-]{0,2}\d){6,18}(?![\p{L}\p{N}])/gu;
/** A number of fewer digits is a price, a date or an article; one that begins with + is a telephone's. */
const LEAST_DIGITS = 9;

/** The text without addresses, account, card and telephone numbers: '[e-mail]', '[account]', '[number]' instead. */
export function maskPersonal(text: string): string {
  return text
    .replace(EMAIL, '[e-mail]')
    .replace(IBAN, '[account]')
    .replace(NUMBER, (found) =>
      found.startsWith('+') || found.replace(/\D/g, '').length >= LEAST_DIGITS ? '[number]' : found,
    );
}
