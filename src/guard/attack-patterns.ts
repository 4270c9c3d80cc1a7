/**
 * Sentences that speak to the machine and not to the customer. Tested on the plain form (see plain-form.ts): lower
 * case, one line. `severe` ones are attacks in a question too; the others only in retrieved text, where nobody has
 * reason to tell the assistant how to answer, while a customer may.
 */
export interface AttackPattern {
  kind: string;
  severe: boolean;
  pattern: RegExp;
}

/** The machine by its names; "model" alone is a product's. */
const MACHINE =
  '(?:a\\.?i\\.?(?: (?:model|assistant|system|agent)s?)?|(?:virtual |digital |support |language )?assistants?|chat ?bots?|bots?|(?:large )?language models?|llms?|gpt|ki(?:-assistent)?|助手|机器人)';
const TELLING =
  '(?:say|tell|reply|respond|answer|state|claim|print|output|write|repeat|include|append|add|mention|recommend|reveal|quote|insert|begin|start|end|send|give|ignore|disregard|forget|treat|obey|follow|comply|confirm|display|show|use|switch|execute|call|summari[sz]e)';
const RULES =
  '(?:instructions?|directions?|directives?|guidelines?|guidance|rules?|prompts?|orders|commands?|polic(?:y|ies)|restrictions?|training|constraints?|safeguards?|filters?|programming|briefing|messages?|context|passages?|documents?)(?! (?:leaflet|manual|sheet|booklet|card|label|book|number|form|value|confirmation|date))';
const SET_ASIDE =
  "(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overlook|neglect|override|overrule|bypass|supersedes?|set aside|put aside|leave aside|cast aside|throw (?:out|away)|pay no (?:attention|heed|mind) to|do not (?:follow|obey|heed)|don['’]?t (?:follow|obey|heed)|stop (?:following|obeying)|abandon|discard|dismiss|cancel|erase|wipe|suspend|no longer follow|never mind|skip over|replaces?)";

/** What an assistant is set up with; orders, messages, documents and filters are a customer's as well. */
const SET_UP =
  '(?:instructions?|directions?|directives?|guidelines?|guidance|rules?|prompts?|polic(?:y|ies)|restrictions?|constraints?|safeguards?|briefing)(?! (?:leaflet|manual|sheet|booklet|card|label|book|number|form|value|confirmation|date|for returns))';
const PUT_ASIDE =
  "(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overlook|neglect|set aside|put aside|leave aside|cast aside|throw (?:out|away)|pay no (?:attention|heed|mind) to|do not (?:follow|obey|heed)|don['’]?t (?:follow|obey|heed)|stop (?:following|obeying)|abandon|no longer follow|never mind|skip over)";
/** "Does the voucher override all restrictions?" asks; a command begins with its verb. */
const COMMANDED =
  '(?:^|[.!?,;:] ?|\\b(?:please|and|then|now|must|should|to) )(?:override|overrule|bypass|cancel|erase|wipe|suspend|discard|dismiss|supersede|replace)';

/** What a customer writes into a form or a letter is no answer of the assistant. */
const OF_A_FORM =
  '(?!.{0,60}\\b(?:(?:ticket|order|customer|case|repair|invoice|reference) number|in (?:english|german|french|spanish|chinese|writing|capital)|entered in|sent by)\\b)';

const severe = (kind: string, source: string): AttackPattern => ({
  kind,
  severe: true,
  pattern: new RegExp(source, 'iu'),
});
const told = (kind: string, source: string): AttackPattern => ({
  kind,
  severe: false,
  pattern: new RegExp(source, 'iu'),
});

export const ATTACK_PATTERNS: readonly AttackPattern[] = [
  severe(
    'override',
    `\\b${PUT_ASIDE}\\b.{0,40}\\b(?:previous|prior|earlier|above|preceding|former|foregoing|all|any|every|your|these|those|existing|initial|original|current)\\b.{0,30}\\b${SET_UP}`,
  ),
  severe(
    'override',
    `${COMMANDED}\\b.{0,40}\\b(?:previous|prior|earlier|above|preceding|former|foregoing|all|any|every|your|these|those|existing|initial|original|current)\\b.{0,30}\\b${SET_UP}`,
  ),
  severe(
    'override',
    `\\b(?:${PUT_ASIDE}|override|overrule|bypass|discard|dismiss|suspend|erase|wipe)\\b.{0,25}\\byour (?:\\w+ ){0,3}(?:orders|commands?|training|programming|filters?|context|passages|documents)\\b`,
  ),
  // Another policy may supersede a policy, in any shop's terms: what sets the assistant's own aside is a message.
  told(
    'override',
    `\\b(?!supersede|replace)${SET_ASIDE}\\b.{0,40}\\b(?:previous|prior|earlier|above|preceding|former|foregoing|all|any|every|your|these|those|existing|initial|original|current)\\b.{0,30}\\b${RULES}`,
  ),
  told(
    'override',
    '\\b(?:supersedes?|replaces?)\\b.{0,40}\\b(?:previous|prior|earlier|above|preceding|former|foregoing|all|any|every|your|these|those|existing|initial|original|current)\\b.{0,30}\\b(?:instructions?|directives?|guidance|prompts?|orders|commands?|safeguards?|programming|briefing|messages?|context|passages?)\\b',
  ),
  severe(
    'override',
    `\\b${SET_ASIDE}\\b.{0,25}\\b(?:everything|anything|all|what(?:ever)?)\\b.{0,30}\\b(?:told|said|above|before|instructed|learned|wrote|written|know)\\b`,
  ),
  severe(
    'override',
    `\\b(?:previous|prior|earlier|above|preceding|foregoing|existing) (?:${RULES})\\b.{0,40}\\b(?:void|invalid|revoked|cancell?ed|obsolete|no longer (?:apply|valid|in force)|do(?:es)? not apply|are over|superseded|lifted|suspended)\\b`,
  ),
  severe(
    'role',
    `\\b(?:(?:you are|you['’]re|you will be) (?:now|from now on|henceforth)|(?<!\\b(?:i|we) )act|acting|behave|pose|speak|answer|respond|reply) (?:now |from now on |henceforth )?(?:as |like |an? |the )+(?:\\w+ ){0,4}(?:dan|hacker|pirate|jailbroken|unrestricted|unfiltered|uncensored|evil|root|admin(?:istrator)?|developer|${MACHINE})\\b`,
  ),
  severe(
    'role',
    `\\b(?:pretend|imagine|suppose|role-?play|simulate|assume)\\b.{0,40}\\b(?:you (?:are|have|were|had)|to be|that you|the (?:role|persona|character)|as (?:an?|the))\\b.{0,60}\\b(?:no (?:rules|limits|restrictions|filters?)|without (?:rules|limits|restrictions|filters?)|dan|${MACHINE}|developer|hacker|administrator|unrestricted|system|grandmother|password|secret|prompt|instructions?)`,
  ),
  severe(
    'mode',
    `\\b(?:developer|dan|jailbreak|unrestricted|sudo|override) (?:mode|access|override)\\b.{0,80}\\b(?:you|your|assistant|answer|repl(?:y|ies)|restrictions?|rules|prompts?|instructions?|say|print|output|enabled|activated|granted)\\b`,
  ),
  // Devices have these modes, too.
  severe(
    'mode',
    `\\b(?:debug|god|admin(?:istrator)?|root|diagnostic|maintenance) (?:mode|access|override)\\b.{0,80}\\b(?:you (?:are|will|can|must|may|answer|say|have (?:no|full))|your (?:\\w+ )?(?:restrictions?|rules|prompts?|filters?)|assistant|answer|repl(?:y|ies)|prompts?|(?:and|then|now),? (?:say|print|output)|enabled|activated|granted)\\b`,
  ),
  severe(
    'mode',
    '\\b(?:enable|enter|activate|switch (?:to|into)|unlock)\\b.{0,15}\\b(?:dan|jailbreak|god mode(?! (?:in|on|of|for)\\b)|unrestricted|sudo|do anything now)\\b|\\bdo anything now\\b|\\bjailbreak(?:ed|ing)?\\b(?! (?:the|my|an?|this|it)\\b)',
  ),
  severe(
    'prompt',
    '\\b(?:system|initial|hidden|secret|developer|base|original|confidential|internal) (?:prompt|directives?)\\b|\\b(?:system|hidden|secret|developer|confidential|internal) instructions?\\b|\\byour (?:own )?(?:initial|base|original|internal|system|hidden|secret) (?:instructions?|messages?)\\b',
  ),
  told('prompt', '\\b(?:hidden|secret|developer|confidential) messages?\\b'),
  severe(
    'prompt',
    `\\b(?:reveal|show|print|repeat|display|output|leak|tell|give|share|recite|expose|translate|summari[sz]e|copy|list|quote|write (?:out|down)|what (?:is|are|were))\\b.{0,30}\\byour (?:own |full |exact |complete |entire )?(?:prompt|instructions?|guidelines|rules|directives?|configuration|programming|training)\\b(?! (?:for|on|about|regarding|concerning|of|guide|manual|booklet|plans?|dates?|courses?|sessions?)\\b(?! .{0,25}\\b(?:answer\\w*|chats?|conversations?|assistants?|bots?|you)\\b))`,
  ),
  severe(
    'prompt',
    '\\b(?:repeat|print|copy|output|recite|quote|write out|translate)\\b.{0,25}\\b(?:everything|all|the (?:text|words|sentences?|lines?|content)|what (?:stands|is written))\\b.{0,20}\\b(?:above|before (?:this|my)|so far|preceding)\\b(?! (?:the (?!line)|my|it|on)\\b)',
  ),
  severe(
    'prompt',
    '\\bwhat (?:were|have) you (?:been )?(?:told|instructed|programmed)\\b(?! about (?:the|my)\\b)|\\bhow were you (?:instructed|prompted|programmed)\\b',
  ),
  severe(
    'marker',
    '<\\|[\\w ]{2,30}\\|>|\\[/?inst\\]|<</?sys>>|<(?:start|end)_of_turn>|</?(?:system|assistant|tool|function|tool_?(?:call|response|result)s?|instructions?|prompt|user)>|#{2,} ?(?:system|instructions?|assistant|response|human|user)\\b',
  ),
  severe(
    'marker',
    '"role" ?: ?"(?:system|assistant|tool|developer|function)"|"(?:tool_calls?|function_call|tool_result)" ?:',
  ),
  severe(
    'marker',
    `(?:^|[\\s.!?"'(])\\W{0,3}(?:begin |end of |new )?(?:system|assistant|developer|tool|function|administrator|admin|operator)(?: (?:message|override|note|update|notice|prompt|response|output|result|call|alert|command|instruction))\\W{0,3}[:>=-]`,
  ),
  severe(
    'marker',
    `(?:^|[.!?] )\\W{0,3}(?:system|assistant|developer|tool|function|ai|operator|admin)\\W{0,2}[:>]\\s.{0,120}\\b(?:you|your|answer|reply|say|respond|instructions?|must|ignore|override|assistant|customer asks|output|print|tell|confirm)\\b`,
  ),
  told(
    'machine',
    `\\b(?:note|message|attention|memo|hint|notice|warning|instructions?|information|reminder|directions?|task|order|request|important)\\b.{0,12}\\b(?:to|for)\\b (?:the |any |all |every |our |your )?${MACHINE}\\b`,
  ),
  told('machine', `\\b(?:attention|dear|hello|hey|hi|listen),? (?:the |you )?${MACHINE}\\b`),
  told(
    'machine',
    `(?<!\\b(?:our|their) )\\b${MACHINE}\\b\\W{0,3}(?:(?:you|that|who|which|reading this|processing this|is|are|reads?|summari[sz]ing|answering) ){0,4}.{0,25}\\b(?:must|should|shall|has to|have to|is required to|needs? to|please|always|will now|is to|are to)\\b.{0,25}\\b${TELLING}\\b`,
  ),
  told('machine', `(?:^|[.!?:] ?)\\W{0,3}${MACHINE}\\W{1,3}(?:please )?${TELLING}\\b`),
  told(
    'machine',
    `\\bif you are an? (?:\\w+ )?${MACHINE}\\b|\\bas an? ${MACHINE},? you\\b|\\b(?:the )?${MACHINE} (?:reading|processing|parsing|answering|summari[sz]ing) (?:this|the)\\b`,
  ),
  told(
    'reply',
    `\\b(?:when|if|whenever|every time|once|should)\\b(?! (?:your question|you (?:have|ask|want|wish|need|mention|would)\\b)).{0,90}\\b(?:asks?|asked|asking|inquir\\w+|enquir\\w+|wants? to know|mentions?|question)\\b.{0,60}[,:;] ?(?:then )?(?:you (?:must|should|shall|will|are to) )?(?:please )?(?:always |only |just |simply )?(?:say|tell|reply|respond|answer|state|claim|output|print|write|repeat|insist|direct|send|refer|quote)\\b(?! (?:to us|us|our|to our|your|no)\\b)`,
  ),
  told(
    'reply',
    `(?:^|[.!?:;,] ?|\\b(?:please|must|should|then|always|you|shall|now) )(?:reply|respond|answer)\\b.{0,25}\\b(?:only|exactly|always|just|solely|nothing but|verbatim|instead)\\b(?! (?:to (?:the|this|our|your)|the questions|as)\\b)|(?<!\\b(?:we|they|agents|staff|team) (?:will )?)\\b(?:only|always|just) (?:reply|respond|answer)\\b(?! (?:for|faster|within)\\b)(?! to (?:the|this|our) (?:address|e-?mail|number)\\b)`,
  ),
  told(
    'reply',
    `\\b(?:end|begin|start|finish|close|prefix|conclude|open|sign)\\b (?:your|every|each|all(?: your)?|any|the (?:final|next)) (?:own |next |final |single |following )?(?:answers?|repl(?:y|ies)|responses?|outputs?|completions?)\\b(?! (?:on the|period)\\b)|\\b(?:end|begin|start|finish|close|prefix|append|include|add|insert|put|mention|embed|place|conclude|open|sign|attach|say|write)\\b(?! (?:the |your )?(?:order|ticket|customer|case|reference|invoice|booking|serial|repair|return|tracking|club|member\\w*) (?:number|id|code)\\b).{0,60}\\b(?:in|to|with|at|into|from|before|after|on) (?:your|every|each|all(?: your)?|any|the (?:final|next)) (?:own |next |final |single |following )?(?:answers?|repl(?:y|ies)|responses?|outputs?|completions?)\\b`,
  ),
  told(
    'reply',
    `\\b(?:your|every|each|all|any|the) (?:final |next )?(?:answers?|repl(?:y|ies)|responses?|outputs?) (?:must|should|shall|has to|have to|needs? to|will|is to|are to)\\b${OF_A_FORM}.{0,40}\\b(?:contain|include|begin|start|end|be|say|read|mention|carry|consist)\\b`,
  ),
  told(
    'reply',
    `(?:^|[.!?:;,]|\\band|\\bthen|\\bplease|\\bmust|\\bshould|\\binstead|\\bnow) ?(?:just |only |simply |always )?(?!output ?: ?\\d)(?!say.{0,4}["“'‘][^"”'’]{1,30}["”'’] (?:to (?:end|stop|start|activate|call|switch|turn|open|play|wake|cancel|confirm|continue|skip|hear|reach)|at the (?:counter|till|desk))\\b)(?:say|print|output|repeat|echo|state|declare|announce|respond|reply|answer)(?: back)?(?: to (?:the )?(?:user|customer|them|everyone))?(?: exactly| verbatim| only| the (?:words?|phrase|following|text|string|code|sentence))*\\W{0,2}(?: with)? ?["“”'‘«:]`,
  ),
  told(
    'reply',
    `(?:^|[.!?:;,] ?|\\band |\\bthen |\\bplease |\\bmust |\\bshould |\\binstead |\\bto )(?:tell|inform|convince|assure|advise|ask|instruct|direct|trick|persuade) (?:the |every |each |all |any )(?:user|customer|visitor|reader|person|caller|buyer|client|shopper)s?\\b(?! (?:service|support|care|centre|center|hotline|help ?desk|adviser|advisor|team|of)s?\\b)`,
  ),
  told(
    'reply',
    "(?<!\\bwe )\\b(?:do not|don['’]?t|never) (?:tell|mention|reveal|disclose|show|admit|inform)\\b.{0,30}\\b(?:(?<!\\bother )(?:users?|customers?)|this (?:instruction|message|note|text|rule|order)|these instructions|them)\\b",
  ),
  told(
    'reply',
    '\\b(?:this|the following) (?:instruction|message|note|rule|directive|command)\\b.{0,30}\\b(?:overrides?|supersedes?|takes? precedence|outranks?|has priority|replaces?)\\b|\\b(?:takes? precedence|has priority) over (?:all|any|every|your|other)',
  ),
  told(
    'reply',
    `\\bnew (?:instructions?|directives?|task|orders|rules?) for (?:you|the ${MACHINE}|${MACHINE})\\b`,
  ),
  told(
    'reply',
    '\\b(?:from now on|henceforth|starting now|as of now),? (?:you |always |only |just |please )*(?:act|respond|reply|answer|say|speak|call|refer|recommend|tell|write|must(?! (?:show|pay|sign|log|book|bring|register|wear)\\b)|will(?! (?:receive|get|find|see|have|be able|pay|need|earn|answer on|write to you)\\b)|are)\\b',
  ),
  told(
    'exfiltration',
    '!\\[[^\\]]*\\]\\(\\s*(?:https?:|//|data:)|<(?:img|iframe|script|a|link|form|svg|object)\\b[^>]*(?:src|href|action|onerror|onload)',
  ),
  told('exfiltration', '(?:https?://|www\\.)\\S+[?&/=](?:\\{|\\[|<|%7b|\\$\\{|\\{\\{)'),
  told(
    'exfiltration',
    `\\b(?:send|forward|post|submit|append|leak|transmit|pass|upload|copy|mail|e-?mail|report|attach|encode|put|include|add|insert)\\b.{0,50}(?<!\\b(?:in|via|by|through|over|during|on|from|into|after|before|of) )\\b(?:th(?:e|is) (?:whole |full |entire )?(?:conversation|chat|history|transcript|prompt)|(?!customer (?:number|name)\\b(?!.{0,40}(?:https?:|www|[@{[])))(?:customer|user|visitor)['’]?s? (?:data|e-?mail|details|order|address|name|message|question|history|number|password|input)|chat (?:history|log)|what (?:the )?(?:customer|user)|(?:customers?|users?) (?:wrote|asked|typed|said))\\b`,
  ),
  told('exfiltration', '\\bjavascript:|\\bdata:text/html|\\bonerror ?='),
  told(
    'reply',
    '\\b(?:whoever|anyone who|anybody who|everyone who|those who|should any(?:one|body))\\b.{0,40}\\b(?:asks?|inquires?|enquires?)\\b.{0,70}\\b(?:told|given|says?|answers?|declare|state|reply|announce)\\b',
  ),
  told(
    'reply',
    '(?<!\\byou )\\b(?:only|sole|official|verified|approved|mandatory|final) (?:(?:correct|valid|true|right|possible) )?(?:answers?|repl(?:y|ies)|responses?|figure)\\b(?! (?:to your|of the|from)\\b).{0,20}\\b(?:to|for|on|about|is|of)\\b',
  ),
  told(
    'reply',
    '\\b(?:state|declare|announce|convey|utter|communicate|present|hand|give)\\b.{0,60}\\bto (?:anyone|anybody|everyone|everybody|whoever)\\b.{0,20}\\b(?:asks?|inquires?|enquires?|writes?|comes?)\\b|\\b(?:declare|announce|convey|utter|recite)\\b.{0,60}\\bto (?:the|every|each|all|any) (?:visitor|reader|user|customer|client|person)s?\\b|\\bhand the (?:reader|user|visitor|customer)\\b',
  ),
  told(
    'reply',
    `\\b(?:your|every|each|all|any) (?:\\w+ )?(?:answers?|repl(?:y|ies)|responses?|outputs?)\\b.{0,50}\\b(?:must|should|shall|ought to|has to|have to|needs? to|is to|are to)\\b${OF_A_FORM}.{0,15}\\b(?:contain|include|begin|start|end|be|say|read|mention|carry|consist)\\b`,
  ),
  told(
    'reply',
    '\\b(?:say|output|print|write|reply|answer|respond)\\b.{0,60}\\b(?:and )?nothing else\\b|\\balways (?:say|state|answer|mention|repeat) (?:so|this|that|it)\\b',
  ),
  told(
    'reply',
    '(?:^|[.!?] )\\W{0,3}(?:instructions?|response|prompt|task|directive|command)\\W{0,2}: ?(?:please )?(?:reply|respond|answer|say|tell|print|output|repeat|ignore)\\b(?! (?:steps?|the (?:label|form|page|ticket))\\b)|(?:^|[.!?:;,\\])] ?)(?:please )?(?:reply|respond|answer) (?:with|only)\\b(?! (?:your|the|a|yes|no|stop|to (?:the|this|our|your))\\b)',
  ),
  told(
    'reply',
    '\\b(?:disregard|ignore|forget|overlook)\\b.{0,50}\\band (?:then )?(?:say|tell|reply|respond|answer|state|print|output|claim|write|announce|declare|utter)\\b',
  ),
  told(
    'reply',
    '(?:^|[.!?:;,\\])] ?|\\band |\\bthen |\\bplease |\\bmust |\\bsimply |\\bonly )(?:output(?! ?: ?\\d| (?:files?|voltage|power|port|current|signal|level|device|format)s?\\b)|echo|recite|utter|announce(?! your\\b)|declare(?! (?:the|your|any) (?:value|contents?|goods|items?)\\b)|emit)\\b|\\bprint (?:the )?(?:code|line|phrase|word|string|token)\\b(?! (?:and|of|at|on|out|for|from|or)\\b)|\\b(?:print|output|show|use|give|repeat)\\b.{0,50}\\bin (?:your|every|each|all) (?:answers?|repl(?:y|ies)|responses?)\\b',
  ),
  told(
    'reply',
    '\\byou (?:must|should|shall|have to|will|always|only)? ?(?:always |only )?(?:answer|say|reply|respond)\\b.{0,60}\\b(?:when(?:ever)? asked|to (?:every|any|all|each)|always|only)\\b|^\\W*you (?:only |always |must |will )?(?:answer|say|reply|respond) (?!to\\b|a few\\b|the\\b|some\\b|questions?\\b|for\\b|faster\\b|within\\b)',
  ),
  told('machine', '(?:^|[.!?] )\\W{0,3}(?:assistant|ai|chat ?bot)\\W{0,2}: ?\\S'),
  told(
    'machine',
    '(?:^|[.!?|–—-] ?)\\W{0,3}(?:system|assistant|admin)\\W{0,3}(?:please )?(?:answer|say|tell|reply|respond|confirm|print|output|offer|ignore)\\b',
  ),
  told(
    'citation',
    '(?:^|\\s)\\[\\d{1,2}\\]\\W{0,3}(?:#|verified|official|answer|source|question|reply|always)|\\b(?:source|passage|citation|document|reference) ?\\W{0,2}\\d{1,3}\\W{0,3}.{0,60}\\b(?:must (?:say|answer|cite|quote)|you (?:must|should) (?:say|answer|cite)|always|outranks?|official answer)\\b|\\b(?:cite|quote) (?:this|source|passage|it) in (?:your|every|each|all)\\b|\\bcitation: ?\\(|\\bthe passages (?:end|begin) here\\b|\\banswer in passage\\b|\\bpassage 0\\b',
  ),
  severe(
    'override',
    `\\b${SET_ASIDE}\\b.{0,30}\\b(?:what(?:ever)?) (?:you (?:were|have been|are) (?:told|briefed|instructed|taught|given|asked)|(?:${RULES}) (?:came|went|stood) (?:earlier|before))\\b|\\b(?:operator|developer|owner|administrator)s?\\b.{0,20}\\b(?:wrote|said|told you|instructed|configured)\\b.{0,30}\\b(?:no longer|does not|doesn['’]?t) (?:counts?|appl(?:y|ies)|matters?)\\b|\\ball (?:the )?(?:foregoing|above|previous|prior|earlier) (?:${RULES}) (?:are|is)\\b.{0,20}\\b(?:revoked|void|cancelled|lifted)\\b|\\b(?:orders|instructions) you (?:received|got|were given) are\\b`,
  ),
  severe(
    'role',
    '\\byou are now dan\\b|\\bdan,? who can\\b|\\b(?:stop being|you are no longer) (?:an? )?(?:shop |support |helpful )?(?:assistant|bot|chat ?bot)\\b|\\bact as an? (?:\\w+ )?(?:terminal|console|shell|interpreter)\\b|\\byou are an? (?:unrestricted|jailbroken|uncensored|unfiltered|evil)\\b|\\brole-?play: |\\b(?:game|story): you are\\b|\\banswer as (?:that|the|this) (?:robot|character|bot|ai)\\b|\\bsimulate an? (?:chat ?bot|bot|ai|assistant)\\b|\\byour first line is\\b',
  ),
  severe(
    'reply',
    '\\brepeat after me\\b|\\bsay the (?:word|phrase|code|sentence)\\b|\\bnew (?:rule|instruction)s? for you\\b|\\bgreet me with\\b|\\bthe text you were given\\b|\\bcomplete this sentence\\b|\\bstart each (?:reply|answer) with\\b',
  ),
  // German
  severe(
    'override',
    '(?:ignorier|missacht|vergiss|vergesst|vergessen sie|übergeh|verwirf|überlies|hör auf)\\p{L}*.{0,40}(?:vorherig|bisherig|vorig|obig|früher|alle|dein|ihr|diese|sämtlich)\\p{L}*.{0,30}(?:anweisung|regel|vorgabe|instruktion|befehl|prompt|anleitung|richtlinie|hinweis)\\p{L}*',
  ),
  severe('prompt', 'system-?\\s?(?:prompt|anweisung|nachricht|meldung)\\p{L}*'),
  severe(
    'role',
    '\\bdu bist (?:jetzt|nun|ab (?:jetzt|sofort))\\b|\\bab (?:jetzt|sofort) (?:bist|antworte|sag)',
  ),
  told(
    'reply',
    '\\b(?:antworte|antworten sie|sage?|sagen sie|schreibe?|gib|geben sie|wiederhole|teile|empfiehl|nenne)\\b.{0,40}(?:nur|immer|stets|genau|ausschließlich|wörtlich|jedem kunden|dem kunden|den kunden|aus:|:|["„“»])',
  ),
  told(
    'machine',
    '\\b(?:hinweis|anweisung|nachricht|achtung)\\p{L}*.{0,12}(?:an|für) (?:die |den |das |alle )?(?:ki|assistent\\p{L}*|chatbot\\p{L}*|bot|sprachmodell\\p{L}*)',
  ),
  // French
  severe(
    'override',
    '(?:ignore[zr]?|oublie[zr]?|néglige[zr]?|ne tiens pas compte|ne tenez pas compte|fais abstraction|faites abstraction)\\b.{0,30}\\b(?:toutes?|tous|les|ces|vos|tes|des|aux)\\b.{0,30}(?:instructions?|consignes?|règles?|directives?|ordres?|messages? précédents?)',
  ),
  severe('prompt', '(?:prompt|invite|message|instructions?|consignes?) (?:du )?syst[eè]me'),
  severe('role', '\\btu es (?:maintenant|désormais)\\b|\\bvous êtes (?:maintenant|désormais) un'),
  told(
    'reply',
    '\\b(?:réponds?|répondez|dis|dites|écris|écrivez|affiche[zr]?|répète[zr]?|indique[zr]?)\\b.{0,40}(?:uniquement|seulement|toujours|exactement|simplement|au client|aux clients|:|[«"“])',
  ),
  told(
    'machine',
    "\\b(?:note|message|attention|consigne)s?.{0,12}(?:à|pour|au) (?:l['’]|le |la |les )?(?:ia|assistant|chatbot|robot|modèle de langage)",
  ),
  // Spanish
  severe(
    'override',
    '(?:ignor[ae]|olvid[ae]|omite|descart[ae]|desatiende|no sigas|no hagas caso)\\p{L}*.{0,50}(?:instrucci\\p{L}*|reglas?|órdenes|indicaci\\p{L}*|directric\\p{L}*|directriz)',
  ),
  severe('prompt', '(?:prompt|instrucciones|mensaje|indicaciones) (?:del? )?sistema'),
  severe('role', '\\bahora eres\\b|\\ba partir de ahora (?:eres|responde|di)'),
  told(
    'reply',
    '\\b(?:responde|di|dile|diles|escribe|repite|muestra|contesta|indica)\\b.{0,40}(?:solo|sólo|siempre|únicamente|exactamente|al cliente|a los clientes|:|[«"“])',
  ),
  told(
    'machine',
    '\\b(?:nota|mensaje|atención|aviso).{0,12}(?:a|para) (?:el |la |los )?(?:ia|asistente|chatbot|bot|modelo de lenguaje)',
  ),
  // Chinese and Japanese
  severe(
    'override',
    '(?:忽略|无视|忘记|忘掉|不要理会|忽视|不要遵守|抛弃|跳过|無視|忘れ).{0,20}(?:指令|指示|规则|提示|说明|要求|命令|设定|ルール)|(?:指示|命令|ルール|プロンプト).{0,12}(?:無視|忘れ|従わない)',
  ),
  severe('prompt', '系统(?:提示|指令|消息|设定)|システム(?:プロンプト|メッセージ|指示)'),
  severe('role', '你现在是|从现在起你|从现在开始,?你|あなたは今から'),
  told(
    'reply',
    '(?:请|只|总是|必须|一律|要)(?:只|都|总是|必须)?(?:回答|回复|输出|说|打印|重复|告诉(?:客户|用户|顾客))|(?:回答|回复|输出|说|打印|重复)[:：“"「]|(?:答え|返信|出力|言っ|言い)(?:て|なさい|てください)',
  ),
  told('machine', '(?:致|给|告)(?:所有)?(?:ai|人工智能|助手|机器人|语言模型)'),
  // Further languages that attacks are written in
  severe(
    'override',
    'ignor[ai]\\p{L}*.{0,40}(?:istruzioni|instruções|regole|regras|ordens)|neg[ei]\\p{L}*.{0,30}(?:instructies|opdrachten|aanwijzingen|regels)|zignoruj\\p{L}*.{0,40}(?:instrukcj|polece|zasad)\\p{L}*|(?:игнорируй|забудь|проигнорируй)\\p{L}*.{0,40}(?:инструкци|указани|правил|команд)\\p{L}*|(?:talimat|kural)\\p{L}*.{0,30}(?:yok say|unut|görmezden gel)|(?:تجاهل|انس).{0,40}(?:التعليمات|الأوامر|القواعد)',
  ),
  told(
    'reply',
    '\\b(?:rispondi|responda|antwoord|odpowiadaj|odpowiedz)\\b.{0,40}(?:sempre|solo|apenas|somente|altijd|alleen|zawsze|tylko|:|["“])|(?:отвечай|ответь|скажи|говори|напиши).{0,30}(?:всегда|только|клиент|:|["«“])',
  ),
];
