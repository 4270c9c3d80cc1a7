export interface LocatedQuote {
  before: string;
  quote: string;
  after: string;
}

/** The text around a quote; `null` where the text no longer holds it. */
export function locateQuote(text: string, quote: string, start: number): LocatedQuote | null {
  const at = text.startsWith(quote, start) ? start : text.indexOf(quote);
  if (at === -1) return null;
  return { before: text.slice(0, at), quote, after: text.slice(at + quote.length) };
}
