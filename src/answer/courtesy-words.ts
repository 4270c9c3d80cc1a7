/** What is said out of courtesy and asks for nothing; also the keys of the replies in data/messages. */
export const SMALL_TALK = ['greeting', 'thanks', 'goodbye'] as const;
export type SmallTalk = (typeof SMALL_TALK)[number];

/** In the languages of the fixed texts that the intent model does not read. */
const WORDS: Readonly<Record<SmallTalk, RegExp>> = {
  greeting:
    /^\W*(?:hallo|guten (?:tag|morgen|abend)|moin|servus|grüß gott|grüezi|bonjour|bonsoir|salut|hola|buenos días|buenas (?:tardes|noches)|您好|你好|早上好|下午好|晚上好)(?: zusammen| à tous)?\W*$/iu,
  thanks:
    /^\W*(?:danke(?: schön| sehr| dir| ihnen)?|vielen dank|herzlichen dank|merci(?: beaucoup| bien)?|(?:muchas )?gracias|谢谢(?:您|你)?|多谢|感谢)\W*$/iu,
  goodbye:
    /^\W*(?:tschüss|tschüß|auf wiedersehen|bis bald|au revoir|à bientôt|adiós|hasta luego|hasta pronto|再见|拜拜)\W*$/iu,
};
const PERSON =
  /\b(?:mit|von) (?:einem|einer|jemandem|echten|einem echten)\b.{0,20}(?:menschen|mitarbeiter\w*|person|berater\w*|kundendienst)?.{0,10}\b(?:sprechen|reden|verbinden|verbunden)|\bparler (?:à|avec) (?:une? )?(?:vraie )?(?:personne|conseill\w+|agent|quelqu['’]un|humain)|\bhablar con (?:una? )?(?:persona|agente|alguien|asesor\w*|humano)|转?人工(?:客服|服务)?|真人客服|联系客服/iu;

/** Told by words, for the languages that the intent model does not read. */
export function courtesyIn(text: string): SmallTalk | null {
  return SMALL_TALK.find((kind) => WORDS[kind].test(text)) ?? null;
}

/** Asks for a person, in German, French, Spanish or Chinese. */
export function wantsPersonIn(text: string): boolean {
  return PERSON.test(text);
}
