/**
 * English words that say nothing about what a text is about. Negations are among them: whether a
 * sentence denies something is judged elsewhere, not by counting shared words.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren't as at be because been before being below
  between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each else
  ever few for from further get gets getting got had hadn't has hasn't have haven't having he he'd he'll he's her
  here here's hers herself hi him himself his how how's i i'd i'll i'm i've if in into is isn't it it'd it'll it's
  its itself just let let's like may me might more most much must my myself no nor not of off on once only onto or
  other ought our ours ourselves out over own per please really same shall she she'd she'll she's should shouldn't
  so some such than that that'll that's the their theirs them themselves then there there's these they they'd
  they'll they're they've this those through to too under until up upon us very via was wasn't we we'd we'll we're
  we've were weren't what what's when when's where where's whether which while who who's whom whose why why's will
  with won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves s t e g eg ie etc`.split(
    /\s+/,
  ),
);
