const YES =
  'yes|yeah|yep|yup|sure|ok|okay|confirm|confirmed|correct|right|absolutely|definitely|go ahead|do it|do that|please do';
const NO =
  "no|nope|nah|don't|do not|stop|cancel that|leave it|never mind|nevermind|rather not|not now|forget it";
const POLITE = 'please|thanks|thank you|of course|then|now|i am sure|i agree|that is right|it is';
const whole = (words: string): RegExp =>
  new RegExp(`^\\W*(?:${words})(?:[\\s,.!;:-]+(?:${words}|${POLITE}))*\\W*$`, 'i');
const IS_YES = whole(YES);
const IS_NO = whole(NO);

/**
 * A plain yes or no, and nothing else: "yes, but what does it cost?" confirms nothing. A change must never be
 * made on a guess, so what is in doubt is neither.
 */
export function yesOrNo(text: string): 'yes' | 'no' | null {
  const plain = text.replace(/[’‘]/g, "'");
  if (IS_NO.test(plain)) return 'no';
  return IS_YES.test(plain) ? 'yes' : null;
}
