/** What live answers say in the product's own words. */
export const LIVE_TEXTS = {
  askOrder:
    'To look up your order I need its number and the e-mail address it was placed with. Please send me both.',
  askEmail: (number: string): string =>
    `To look up order ${number} I need the e-mail address it was placed with. Please send it to me.`,
  orderRefused:
    "I can't find an order with this number and e-mail address. Please check both, or talk to a person.",
  orderPaused: (until: string): string =>
    `There were too many wrong tries. Please try again after ${until}, or talk to a person.`,
  orderUnchecked:
    "I can't reach the order system just now. Please try again in a few minutes, or talk to a person.",
  whichProduct: 'Several of our products fit. Which one do you mean?',
  mayFit: 'I am not sure, but these may be what you are looking for:',
  unchecked: (what: string): string => `I could not check ${what} just now.`,
  secondSource: (what: string): string =>
    `(I could not ask where the ${what} usually comes from, so another source says this; it may differ.)`,
  asRemembered: (fact: string): string => `(As you told me: ${fact}.)`,
  talkToPerson: 'Talk to a person',
} as const;
