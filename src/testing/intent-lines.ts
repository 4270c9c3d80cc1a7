const TEXTS: Record<string, readonly string[]> = {
  returns: [
    'how do I send something back',
    'I want to return these shoes, they do not fit',
    'where do I get a return label',
    'can I exchange the jacket for a bigger size',
    'how many days do I have to return an item',
    'do you take back opened packages',
  ],
  order_status: [
    'where is my parcel',
    'has my order been shipped',
    'when will my package arrive',
    'the tracking number does not work',
    'is my order on its way',
    'still waiting for my delivery, any news',
  ],
  opening_hours: [
    'what time do you close',
    'are you open on sunday',
    'opening hours please',
    'when do you open tomorrow',
    'until when is the shop open today',
    'do you close earlier on christmas eve',
  ],
};

/** A small training file without `oos`. */
export const INTENT_LINES: readonly { text: string; label: string }[] = Object.entries(TEXTS).flatMap(
  ([label, texts]) => texts.map((text) => ({ text, label })),
);
