/** Words with which people ask, which say nothing about the thing: English ones that are no stop words, German. */
export const ASKING_WORDS: ReadonlySet<string> = new Set(
  `price prices priced cost costs cheap expensive buy order sell selling offer stock available availability
  delivery deliver delivered ship shipping long many kind kinds type types size sizes colour colours color
  colors look looking search find show want need like recommend suggest tell know please hello hi thanks thank
  something anything one ones thing things product products article articles item items shop store model models
  code number currently still left today now
  ich du er sie es wir ihr der die das den dem des ein eine einen einem einer und oder aber nicht kein keine
  ist sind war gibt haben habt hat hätte wie was wo wann wer welche welcher welches welchen viel viele kostet
  kosten preis preise günstig teuer kaufen bestellen verkauft verkaufen lager bestand verfügbar lieferbar
  vorrätig lieferung lieferzeit versand größe größen farbe farben suche suchen finde finden zeige zeigen möchte
  will brauche bitte danke hallo mit für von zu zum zur im in am an auf aus bei nach über unter euch ihnen mir
  mich uns noch auch etwas produkt produkte artikel nummer euro`.split(/\s+/),
);

const PAIRS = `black schwarz, white weiß weiss, red rot, blue blau, green grün, yellow gelb, brown braun, grey gray
  grau, orange orange, pink rosa, purple violet lila violett, beige beige, turquoise türkis, silver silber, gold gold`;

/** Colour word → the same in the other language; "rote" and "roten" too. */
export const COLOURS: ReadonlyMap<string, readonly string[]> = new Map(
  PAIRS.split(',').flatMap((list) => {
    const names = list.trim().split(/\s+/);
    return names.flatMap((name) =>
      ['', 'e', 'en', 'er', 'es', 'em'].map((ending) => [name + ending, names] as const),
    );
  }),
);
