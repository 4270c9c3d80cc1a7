/** Asked out of courtesy before the question: no part that wants an answer. */
const PLEASANTRY = new RegExp(
  [
    '^\\s*(?:(?:hi|hello|hey|good (?:morning|day|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|bonjour|hola|buenos días)',
    '(?: there| all| again)?[\\s,.!]*)?(?:and )?(?:',
    "how are (?:you|things|ya)(?: all| doing| today| keeping)*|how(?:'s| is) it going(?: today)?|how do you do|what's up|",
    '(?:are you|is (?:anyone|anybody|someone|somebody)) there|',
    '(?:can|could|would|will|may) (?:you (?:please )?help(?: me)?(?: out)?(?: please)?|i (?:please )?ask (?:you )?(?:something|a (?:quick )?question))(?:,? please)?|',
    "wie geht(?:'s| es)(?: dir| ihnen| euch)?|ça va|comment allez-vous|qué tal|cómo est[áa]s?",
    ')\\s*\\?+\\s*(?=\\S)',
  ].join(''),
  'iu',
);
/** A greeting that asks how we are and one that asks for help, one after the other. */
const MOST = 2;

/** "Hello, how are you? How much is the tent?" asks one thing; a text that asks nothing else stays as it is. */
export function withoutPleasantry(text: string): string {
  let rest = text;
  for (let times = 0; times < MOST; times++) rest = rest.replace(PLEASANTRY, '');
  return /\p{L}{2}/u.test(rest) ? rest : text;
}
