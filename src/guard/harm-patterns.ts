export type Harm = 'self_harm' | 'weapons' | 'violence' | 'crime' | 'hate' | 'minors';

/**
 * Requests that no shop's assistant should help with. Rules by word and intent: the same verb of what happened *to*
 * the customer ("my bike was stolen", "I was scammed"), of things ("the drill killed the battery") or of pests
 * ("kill moths") is none. `data/guard/harm.test.jsonl` measures them, each beside a harmless twin.
 */
const PEOPLE =
  '(?:someone|somebody|anyone|people|a person|persons|another person|a (?:man|woman|girl|boy|human|guy|neighbou?r|colleague|teacher|cop|police officer|stranger)|my (?:ex(?:-?\\w+)?|wife|husband|boss|neighbou?rs?|colleague|co-?workers?|teacher|brother|sister|mother|father|parents?|girlfriend|boyfriend|partner|classmates?|flatmate|room-?mate|landlord|family)|him|her|humans?|the police|police officers?|cops|passengers?|pedestrians?|(?:school )?children|kids)';
const WANT =
  "(?:how (?:do|can|could|to|would|should|might|many|much)\\b|help me\\b|show me\\b|teach me\\b|tell me\\b|explain\\b|best (?:way|thing|tool)s?\\b|easiest way\\b|way to\\b|i (?:want|wanna|am going|plan|intend|need|would like|will)\\b|i['’](?:m going|d like|ll)\\b|can (?:i|you|one)\\b|could (?:i|you)\\b|(?:which|what)\\b|instructions?\\b|recipe\\b|guide\\b|steps\\b|looking (?:for|to)\\b|good for\\b|strong enough\\b|sharp enough\\b|use(?:d)? (?:it |this |that )?to\\b)";
const GROUPS =
  '(?:jews?|jewish people|muslims?|christians?|blacks?|black people|whites?|white people|asians?|arabs?|immigrants?|migrants?|refugees?|foreigners?|gays?|gay people|lesbians?|homosexuals?|trans(?:gender)? people|transsexuals?|disabled people|the disabled|women|gyps(?:y|ies)|roma|mexicans?|africans?|turks|poles)';

/** What stands before "gun" and "bomb" on a shelf. */
const TOOL =
  '(?:glue|nail|heat|hot air|hot melt|caulk(?:ing)?|staple|spray|paint|massage|nerf|water|squirt|bubble|price|grease|toy|solder(?:ing)?|barcode|label|tagging|foam|washer|tattoo|rivet|sealant|silicone|cap|scanner|salt)';
const SCENTED = '(?:bath|bug|flea|cherry|cocoa|seed|shower|toilet|smoke|glitter|water|photo)';
/** Pictures are shot. */
const PHOTOGRAPHS =
  /^(?!.*\b(?:guns?|rifles?|pistols?|bullets?|crossbows?|arrows?|dead|kill)\b).*\b(?:lens|lenses|camera|photos?|photo\w+|portraits?|pictures?|flash|aperture|shutter|drone|video|film|tripod|low light|against the sun|weddings?|iso|\d+ ?mm)\b/iu;
/** Asks whether a thing is safe: not the customer hurts, but "this", "the", "it". */
const ASKS_SAFETY =
  /(?<!\bhow )\b(?:can|could|will|would|does|do|might|may) (?:this|that|these|those|the|it|they|an?|too much)\b(?:(?!\b(?:i|we|you|me|to)\b)[^.?!]){0,40}\b(?:hurt|injure|poison|burn|choke|suffocate|strangle|drown) (?:(?:my|our|your|small|young|other|school) )?(?:children|kids|people|humans?|passengers|anyone|someone|somebody)\b/iu;
/** Wants to prevent it, or to recognise it. */
const PREVENTS =
  /^(?!.*\b(?:(?:i|we) (?:can )?(?:steal|rob|shoplift)|notic\w+|caught|sees? me)\b).*(?:\b(?:nobody|no one) (?:can|could|will)\b|\b(?:stop|prevent|protect|against|recogni[sz]e|detect|spot|shows?)\b|\bif (?:people|someone|somebody|thieves|they)\b)/iu;

interface HarmPattern {
  harm: Harm;
  pattern: RegExp;
  /** What else the same words may mean: then they ask for no harm. */
  unless?: RegExp;
}

const rule = (harm: Harm, source: string, unless?: RegExp): HarmPattern => ({
  harm,
  pattern: new RegExp(source, 'iu'),
  ...(unless && { unless }),
});

export const HARM_PATTERNS: readonly HarmPattern[] = [
  rule(
    'self_harm',
    '\\b(?:kill|hurt|harm|cut|cutting|hurting|killing|hang|hanging|drown|drowning|shoot|starve|injure|injuring|poison)(?:ing)? (?:myself|ourselves)\\b(?! (?:a|an|the|some|in the (?:eye|foot))\\b)(?! (?:on|by accident|while|with your|when|accidentally|badly with|opening|using))',
  ),
  rule(
    'self_harm',
    '\\bsuicid\\w*|\\b(?:end|ending|take|taking) (?:it all|my (?:own )?life|everything for good)\\b|\\bself[- ]?(?:harm|injur)\\w*',
  ),
  rule(
    'self_harm',
    "\\b(?:i (?:just )?|i['’]?d |rather )(?:want to|wanna|wish to|wish i (?:was|were)|would rather|be|better off) ?(?:die|be dead|dead|not be alive|disappear forever|not wake up)\\b|\\bi (?:do not|don['’]?t) (?:want|wish) to (?:live|be alive|exist|wake up|go on living|be here)\\b(?! (?:near|in|with|next))|\\bno (?:reason|point) (?:to|in) (?:live|living|go on|going on)\\b|\\bbetter off (?:without me|dead)\\b|\\b(?:lethal|deadly|fatal) (?:dose|overdose|amount)\\b|\\bjump (?:off|from) (?:a|the) (?:bridge|roof|cliff|building)\\b.{0,30}\\b(?:die|end|over|dead)",
  ),
  rule(
    'self_harm',
    '\\b(?:mich|mir) (?:selbst )?(?:umbringen|töten|das leben nehmen|ritzen)|\\bselbstmord|\\bsuizid|\\bnicht mehr leben|\\bme (?:tuer|suicider)\\b|\\ben finir avec la vie|\\bsuicid(?:arme|io)\\b|\\bquitarme la vida|\\bmatarme\\b|自杀|自殺|不想活|结束(?:我的)?生命',
  ),
  rule(
    'weapons',
    `\\b(?:mak|build|assembl|construct|creat|mix|prepar|cook|produc|print|synthesi[sz]|improvis|convert|modif|get|buy)\\w*\\b.{0,40}\\b(?:(?:pipe |nail |car |petrol |fire |home-?made )?(?<!\\b${SCENTED} )bombs?(?!er)|explosives?|grenades?|molotov\\w*|silencers?(?! for (?:an? |the |my )?(?:[\\w-]+ )?(?:pump|car|exhaust|engine|motor\\w*|scooter|moped|bike|compressor|generator|mower|fan)\\b)|ghost guns?|machine guns?|automatic (?:rifle|weapon)s?|untraceable (?:gun|weapon|rifle)s?|(?<!\\b${TOOL}[ -])guns?(?! (?:safe|cabinet|locker|case|oil|dog)s?\\b)|firearms?|handguns?|nerve (?:gas|agent)|poison(?:ous)? gas|chlorine gas|mustard gas|sarin|ricin|napalm|thermite|chemical weapons?|biological weapons?|booby traps?|letter bombs?|detonators?)\\b`,
  ),
  rule(
    'weapons',
    `\\b(?:as|into) (?:a |an )?(?:deadly |lethal |stabbing )?weapons?\\b|\\b(?:bypass|without|avoid)\\w*\\b.{0,15}\\bbackground check`,
  ),
  rule(
    'weapons',
    '\\b(?:bombe|sprengstoff|sprengsatz|molotow\\w*)\\b.{0,30}\\b(?:bauen|basteln|herstellen|mischen)|\\b(?:fabriquer|construire)\\b.{0,20}\\b(?:bombe|explosif|grenade)|\\b(?:fabricar|hacer|construir)\\b.{0,20}\\b(?:bomba|explosivo|granada)|(?:制造|制作|做).{0,8}(?:炸弹|炸药|枪)',
  ),
  rule('weapons', '\\b(?:made|turned|converted) into (?:an? )?(?:silencer|bomb|gun|grenade|explosive)'),
  rule('violence', `\\bknock(?:ing)?\\b.{0,4}\\b${PEOPLE}\\b.{0,6}\\bout\\b`),
  rule('self_harm', '\\b(?:keep|love|like|started|stop) cutting myself\\b'),
  rule(
    'violence',
    `\\b(?:kill|murder|stab|beat up|attack|assault|kidnap|abduct|torture|run over|threaten|knock out|drug|rape|maim)(?:ing)?\\b(?! (?:the |all )?(?:head ?lice|lice|nits|fleas|ticks|mites|germs|bacteria|virus(?:es)?)\\b).{0,12}\\b${PEOPLE}\\b`,
  ),
  rule('violence', `\\b(?:tie|tying) up\\b.{0,12}\\b${PEOPLE}\\b(?!['’])`),
  rule('violence', `\\bshoot(?:ing)?\\b.{0,12}\\b${PEOPLE}\\b`, PHOTOGRAPHS),
  rule(
    'violence',
    `(?<!\\b(?:without|not|never|avoid|but not) |n['’]t )\\b(?:strangle|poison|hurt|injure|choke|suffocate|burn|drown)(?:ing)?\\b.{0,12}\\b${PEOPLE}\\b`,
    ASKS_SAFETY,
  ),
  rule(
    'violence',
    `\\b(?:hide|dispose of|get rid of|bury|dissolve|dump)\\b.{0,15}\\b(?:a |the |his |her )?(?:dead )?(?:bod(?:y|ies)|corpses?)\\b(?! (?:odou?r|heat|hair|lotion|weight|fat|parts? of|of (?!${PEOPLE}\\b)))|\\bspike\\b.{0,20}\\bdrinks?\\b`,
  ),
  rule(
    'violence',
    '\\b(?:jemanden|meine[nr]?|ihn|leute|menschen)\\b.{0,25}\\b(?:umbringen|töten|erstechen|vergiften|erschießen|verletzen)\\b|\\b(?:tuer|poignarder|empoisonner)\\b.{0,15}\\b(?:quelqu|mon|ma|des gens)|\\b(?:matar|apuñalar|envenenar)\\b.{0,12}\\b(?:a alguien|a mi|a mis|gente)|(?:杀|毒死|伤害)(?:人|死|掉|某人|我的)',
  ),
  rule(
    'crime',
    `${WANT}.{0,60}\\b(?:steal(?:ing)?|shoplift(?:ing)?|rob(?:bing)?|burgle|burglari[sz]e|launder(?:ing)? (?:\\w+ )?(?:money|cash)|counterfeit(?:ing)?|forg(?:e|ing) (?:a|an|the|my|some|documents?|receipts?|signatures?|passports?)|smuggl(?:e|ing)|embezzl(?:e|ing)|blackmail(?:ing)?|extort|scam(?:ming)? (?:${PEOPLE}|the|your|old|customers?|elderly)|defraud)\\b(?!-?proof)`,
    PREVENTS,
  ),
  rule(
    'crime',
    '\\b(?:write|creat|send|mak|build|set(?:ting)? up|run|design)\\w*\\b.{0,20}\\b(?:phishing|ransomware|malware|a (?:computer )?virus|keyloggers?)\\b',
  ),
  rule(
    'crime',
    `${WANT}.{0,50}\\b(?:hack(?:ing)?(?: into)?|crack(?! open)|break(?:ing)? into|take over)\\b.{0,30}\\b(?:(?:someone|somebody|another|other|my (?:ex\\w*|wife|husband|neighbou?r|boss|girlfriend|boyfriend|colleague))\\S*(?: person| people| customer)?(?:['’]s?)? (?:\\w+ )?(?:account|e-?mails?|phone|wi-?fi|computer|house|flat|car|home|shed|bike|garage)s?|(?:your|the|this) (?:shop|store|website|site|server|database|system|webshop)\\b|other customers|a (?:house|car|locked (?:car|house))|houses|cars)`,
    PREVENTS,
  ),
  rule(
    'crime',
    `${WANT}.{0,50}\\b(?:get(?:ting)? into|log(?:ging)? into|access)\\b.{0,30}\\b(?:(?:someone|somebody|another|other|my (?:ex\\w*|neighbou?r|boss|colleague))\\S*(?: person| people| customer)?(?:['’]s?)? (?:\\w+ )?(?:account|e-?mails?|phone|wi-?fi|computer|house|flat|car|home|shed|garage)s?|your (?:server|database)\\b|other customers|a locked (?:car|house))`,
  ),
  rule(
    'crime',
    `\\b(?:use|using|pay|paying|buy|order|shop)\\w*\\b.{0,30}\\b(?:stolen|hacked|someone else['’]?s|somebody else['’]?s|fake|cloned|another person['’]?s) (?:credit |bank |debit )?(?:card|account|identity|id)s?\\b(?!.{0,20}\\b(?:was|were|happen|reported))`,
  ),
  rule(
    'crime',
    `(?:\\bhow (?:do|can|could|to|would)\\b.{0,8}|\\bhelp me .{0,4}|\\b(?:i|we) (?:want|wanna|need|plan|would like)\\b.{0,6}|\\bcan (?:i|you) |\\bcould (?:i|you) |^|\\bplease )(?:make|creat\\w*|get|buy|order|sell|use|produce|write|print|find|submit)\\b.{0,25}\\b(?:fake|falsif(?:y|ied)|forged|bogus|phon[e]?y) (?:a |an |the |my )?(?:receipts?|invoices?|ids?|id cards?|passports?|proofs?|reviews?|vouchers?|gift cards?|money|bank ?notes?|damage|defects?|tickets?)\\b|\\b(?:pick(?:ing)?|open(?:ing)?|cut(?:ting)?|break(?:ing)?)\\b.{0,25}\\b(?:someone else['’]?s|somebody['’]?s|someone['’]?s|another person['’]?s|my neighbou?r['’]?s|other people['’]?s|a stranger['’]?s) (?:\\w+ )?locks?\\b(?! (?:my|of my|that))|\\b(?:pick|break|cut)(?:t?ing)?(?: through| open| off)? (?:an? |the |other |people['’]s )?bike locks?\\b(?! brackets?)|\\b(?:remove|defeat|disable|cut off|get off)\\b.{0,20}\\b(?:security|anti-?theft|alarm) (?:tags?|labels?)\\b.{0,30}\\b(?:without paying|steal|unnoticed|before (?:leaving|paying)|in the (?:shop|store))`,
  ),
  rule(
    'crime',
    "\\b(?:get|claim|keep)\\b.{0,30}(?<!\\bpartial )\\brefund\\w*\\b.{0,40}\\b(?:(?:and|but|while) (?:still )?keep\\b(?! (?:the |my )?(?:free|gift|bonus|getting|receiving|part|one|some)\\b)|even though i (?:got|received|have) it|by lying|pretend)|\\b(?:say|claim|pretend|lie)\\b.{0,25}\\b(?:never (?:arrived|came|got)|did(?: not|n['’]t) arrive)\\b.{0,40}\\b(?:(?:though|although|but|when) (?:it|they|i)|keep)",
  ),
  rule(
    'crime',
    `\\b(?:cook|make|mak(?:e|ing)|synthesi[sz]e|produce|grow|extract|brew|sell|buy|deal)\\b.{0,25}\\b(?:meth(?:amphetamine)?|crystal meth|cocaine|heroin|lsd|mdma|ecstasy|crack cocaine|fentanyl|ghb|illegal drugs)\\b|\\b(?:avoid|evade|dodge)\\b.{0,15}\\b(?:customs|import dut(?:y|ies)|tax(?:es)?|vat)\\b.{0,30}\\b(?:illegally|without|lying|false|fraud|secretly|by)|\\b(?:stalk|spy on|secretly (?:film|record|track|follow)|track)\\b.{0,20}\\b${PEOPLE}\\b(?!(?:s|['’]s|['’]|s['’])? (?:\\w+ )?(?:parcel|package|order|deliver(?:y|ie)|shipment|gift|letter|return|refund|post|purchase)s?\\b).{0,40}(?:without (?:\\w+ ){0,3}(?:know|notic|consent|permission|asking|telling)|secretly|know|ex\\b)|\\b(?:stalk|spy on)(?:ing)?\\b.{0,8}\\b${PEOPLE}`,
  ),
  rule(
    'hate',
    `\\b(?:hate|kill|exterminate|deport|gas|eradicate|beat|attack|get rid of|wipe out|burn)(?:ing)?\\b.{0,10}\\b(?:all |the |those |these |every )?${GROUPS}\\b(?!['’])`,
  ),
  rule(
    'hate',
    `\\b${GROUPS}\\b.{0,20}\\b(?:are|is) (?:all )?(?:\\w+ )?(?:inferior|sub-?human|vermin|animals|criminals|stupid|dirty|disgusting|scum|trash|parasites|rats|evil|the problem|a plague|not human)\\b|\\b(?:why|how come) (?:are|is) (?:all )?${GROUPS} (?:so )?(?:\\w+ )?(?:inferior|stupid|dirty|disgusting|lazy|criminal|evil)`,
  ),
  rule(
    'hate',
    `\\b(?:joke|insult|slur|text|post|poem|rant|leaflet|slogan|flyer|speech)s?\\b.{0,25}\\b(?:about|against|for|on|making fun of|insulting|mocking) (?:all |the |those |dirty )?${GROUPS}\\b|\\bheil hitler\\b|\\bwhite (?:power|supremacy)\\b|\\bsieg heil\\b|\\bnazi (?:flag|uniform|slogan|salute|symbol)s?\\b|\\bswastika\\w*`,
  ),
  rule(
    'hate',
    `\\b(?:refuse|not|don['’]?t|never)\\b.{0,15}\\b(?:sell|serve|deliver|work with|hire)\\w*\\b.{0,10}\\b(?:to |with )?${GROUPS}\\b|\\b(?:keep|without|no)\\b (?:any )?(?:black people|blacks|jews|muslims|foreigners|immigrants|refugees|gays)\\b.{0,20}\\b(?:out|staff|allowed|in your)`,
  ),
  rule(
    'minors',
    '\\b(?:child(?:ren)?|kids?|minors?|under-?age(?:d)?|teen(?:age)?s?|young (?:girls?|boys?)|little (?:girls?|boys?)|schoolgirls?|schoolboys?|\\d{1,2}[- ]year[- ]olds?)\\b.{0,30}\\b(?:sex(?:ual(?:ly)?|y)?|nudes?|naked(?! (?:cake|sandal|juice))|porn\\w*|erotic|molest\\w*|groom(?:ing)?(?! (?:kit|brush|set|table|apron|glove))|seduc\\w*)\\b|\\b(?:sex(?:ual(?:ly)?|y)?|nudes?|naked(?! (?:cake|sandal|juice))|porn\\w*|erotic|molest\\w*|seduc\\w*)\\b.{0,30}\\b(?:child(?:ren)?|kids?|minors?|under-?age|schoolgirls?|schoolboys?|little (?:girls?|boys?))\\b',
  ),
];
