/** English closed word classes and the typed nouns of shop talk, in lower case. */
const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

export const DETERMINERS = list(
  'the a an my your our their his her its this that these those some any each every all both no another',
);
export const PREPOSITIONS = list(
  'to for in on at by with without from of about into onto through via over under after before until till during within between per as like than near outside inside',
);
export const SUBJECT_PRONOUNS = list('i you we they he she it who there');
export const OTHER_PRONOUNS = list(
  'me us them him mine yours theirs one ones myself yourself several something anything someone everything',
);
export const AUXILIARIES = list(
  "is are was were am be been do does did can could will would shall should may might must has have had isn't aren't don't doesn't didn't can't won't couldn't wouldn't cannot",
);
export const QUESTION_WORDS = list('what which who whom whose when where why how');
export const CONNECTIVES = list('and or but so because if that while though although since when whether');
export const ADVERBS = list(
  'not also too only just still already yet then now here there again please ever never always often really very quite back later else instead long much many far soon exactly more most less as well so thanks thank hi hello up out off away together online yes no okay ok',
);
/** Verbs in any form that are hardly ever nouns in a question to a shop. */
export const VERBS = list(
  `take takes took taken taking have having get gets getting got buy buys buying bought sell sells selling sold need needs needed want wants wanted
  send sends sending sent bring brings bringing brought come comes coming came give gives gave given make makes making made keep keeps kept
  cover covers covered find finds found know knows tell tells told ask asks asked pay pays paying paid become go goes going went gone
  arrive arrives arrived receive receives received contact cancel cancels cancelled canceling cancelling unsubscribe subscribe register download
  wear wears wore worn wash washes washed clean cleans cleaned fix fixes fixed lose lost break broke broken breaks accept accepts offer offers
  ship ships shipped deliver delivers delivered collect collects pause stop change changes changed reset reserve reserves book return returns
  exchange repair repairs replace replaces replaced recycle recycles refund refunds print prints rent hire carry stock stocks cost costs work works
  happen happens happened explain mean meant see say says let show shows store stores use uses apply applies combine include includes claim
  order orders recommend suggest extend end ends expire expires burn burns last lasts open close closes pick roast oil dye dyed`,
);
/** What is asked about a thing rather than a thing itself. */
export const ATTRIBUTES = list(
  `price prices cost costs fee fees charge size sizes colour colours color colors weight height length width depth dimension dimensions
  material materials warranty warranties guarantee stock availability delivery shipping postage deadline period duration date time times hour hours
  capacity power volume age model models version versions discount rate range limit care instructions ingredients`,
);
export const COLOURS = list(
  `black white grey gray red blue green yellow orange purple violet pink brown beige navy turquoise teal olive khaki silver gold golden cream ivory
  burgundy moss sand anthracite charcoal maroon lilac mint coral copper bronze petrol`,
);
export const TIMES = list(
  `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends weekdays
  today tomorrow tonight january february march april june july august september october november december spring summer autumn winter christmas
  easter holidays noon midnight morning evening afternoon`,
);
export const PAYMENTS = list(
  'paypal visa mastercard amex klarna invoice cash cheque card cards debit transfer giropay ideal sepa voucher bitcoin twint',
);
export const MEASURES = list(
  'kg g mg l ml cm mm m km inch inches litre litres liter liters w watt watts v ah mm2 pieces people persons',
);

/** Names of countries in English, from the runtime's own tables (CLDR), and what people say for them. */
export const PLACES: ReadonlySet<string> = new Set([
  ...countryNames(),
  ...'uk usa us eu europe england scotland wales britain holland abroad overseas asia africa america'.split(
    ' ',
  ),
]);

function* countryNames(): Generator<string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  for (const first of letters)
    for (const second of letters) {
      const name = names.of(first + second);
      if (name !== undefined) yield name.toLowerCase();
    }
}
