/**
 * Verbs with which a help page tells its reader what to do. A sentence that begins with one is an instruction; words
 * that begin statements as often ("order", "check" as nouns) are only taken before a determiner.
 */
const VERBS = new Set(
  (
    'add adjust allow apply ask attach avoid bend blow book bring brush build call carry change check choose clean clear click ' +
    'close collect come confirm connect contact continue copy cover create cut dab delete describe detach disconnect ' +
    'dip dissolve do download drag drain drop dry dry-clean empty enable enter fasten feel fetch fill find fit flush fold follow give hand hang have ' +
    'heat hold insert install iron keep lay leave let lift lock log loosen make measure mix move note open order pack pass pay ' +
    'peg pick place plug poke post pour press print pull pump push put raise read remove repeat replace reply reset return ring rinse ' +
    'roll rub run save scan screw seal select send set shake show sign slide soak spray stand start stay stop store stretch ' +
    'sweep swipe switch take tap tell throw tick tie tighten treat try tumble-dry turn twist type uncheck undo unfold unlock unplug unscrew untick untie update ' +
    'upload use wait warm wash wax wear wipe wrap write'
  ).split(' '),
);
/** What may stand before the verb. */
const BEFORE =
  /^(?:(?:\(?(?:\d{1,3}|[a-z])[.)]|[-*•–])\s+)?(?:(?:please|then|first|next|now|finally|afterwards|never|always|also|do not|don['’]t|just|simply|step \d+)[:,]?\s+|(?:before|after|when|if|once|for|in|on|under|with)\b[^,.;]{1,80},\s+)*/i;
/** Words after which the first word was a verb; where none follows, it may be a noun ("Store hours", "Order status"). */
const OBJECT =
  /^\s+(?:the|a|an|all|any|both|each|it|them|this|that|these|those|your|our|us|only|out|off|on|up|in|down|back|over|to|with|for|from|at|every|one|two|no|not|once|again|gently|slowly|loosely|carefully|until)\b/i;
/** Taken without an object: hardly ever nouns at the beginning of a sentence. */
const PLAIN =
  /^(?:use|remove|take|put|choose|sign|enter|rinse|wipe|add|send|bring|fill|carry|clean|dry|spray|treat|wash)$/i;

/** Does the sentence tell its reader to do something? */
export function isInstruction(sentence: string): boolean {
  const text = sentence.replace(BEFORE, '').replace(/^\*\*/, '');
  const verb = /^[\p{L}-]+/u.exec(text)?.[0] ?? '';
  if (!VERBS.has(verb.toLowerCase())) return false;
  return PLAIN.test(verb) || OBJECT.test(text.slice(verb.length));
}
