/** Questions offered at once while somebody types. */
const MOST = 4;
/** Characters from which on something is offered. */
const LEAST_CHARACTERS = 2;

/**
 * The owner's questions that hold every typed word, the last one as far as it is typed; those that begin with it
 * first. In languages without spaces the typed text is looked for as it stands.
 */
export function matchQuestions(questions: readonly string[], typed: string): string[] {
  const wanted = fold(typed).trim();
  if (wanted.length < LEAST_CHARACTERS || wanted.includes('\n')) return [];
  const words = wordsOf(wanted);
  const found = questions.flatMap((question) => {
    const folded = fold(question);
    const own = wordsOf(folded);
    const fits = words.length > 0 && words.every((word) => own.some((one) => one.startsWith(word)));
    if (folded === wanted || !(fits || folded.includes(wanted))) return [];
    return [{ question, rank: folded.startsWith(wanted) ? 0 : folded.includes(wanted) ? 1 : 2 }];
  });
  return found
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ question }) => question);
}

function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Without case and accents. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
