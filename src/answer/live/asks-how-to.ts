const GREETING = /^\W*(?:hi|hello|hey|good (?:morning|day|afternoon|evening))(?: there| all)?\b[\s,.!:–-]*/i;
/** Asks us to say it or to look: "could you please tell me", "can you check", "do you know". */
const ASKS_US = new RegExp(
  [
    '^\\W*(?:please )?(?:',
    '(?:can|could|would|will) you(?: please| kindly| perhaps| maybe| possibly| just| quickly)* ',
    '(?:tell|show|inform|help|update) (?:me|us)|',
    '(?:can|could|would|will) you(?: please| kindly| perhaps| maybe| possibly| just| quickly)* ',
    '(?:check|see|look|say|confirm|find out|track|trace|locate|find|let (?:me|us) know|give (?:me|us) (?:an? |the |any )?(?:update|news|status))|',
    'do you (?:happen to )?know|do you have (?:any |an |some )?(?:news|updates?|idea|information)|',
    '(?:can|could|may|might) (?:i|we)(?: please| just)* (?:ask|know|(?:get|have) (?:an? |the |any )?(?:update|news|status))|',
    'is it possible to (?:tell (?:me|us)|check|find out|know)',
    ')\\b[\\s,:]*(?:please\\b[\\s,]*)?',
  ].join(''),
  'i',
);
const HOW_TO = new RegExp(
  [
    '^\\W*(?:',
    'how (?:do|can|could|should|would|to)\\b|how (?:i|we|you|one) (?:can|could|should|would|do|may)\\b|',
    '(?:if|whether) (?:i|we|you) (?:can|could|may|might|should)\\b|if it is possible\\b|',
    // "Can you cancel my order?", "can my order be sent to a neighbour?": what may be done, not where it is.
    '(?:can|could|may)\\b|what (?:if|happens)\\b|do you\\b|is it possible\\b',
    ')',
  ].join(''),
  'i',
);

/**
 * Asks how something works or whether it may be done, which the documents say ("can I change my order?"). What is
 * put politely to us is not: "could you tell me where my order is?" asks where it is.
 */
export function asksHowTo(question: string): boolean {
  return HOW_TO.test(question.replace(GREETING, '').replace(ASKS_US, ''));
}
