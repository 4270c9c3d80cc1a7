import { findAttack } from './find-attack.ts';

interface Span {
  start: number;
  end: number;
}

/**
 * Which sentences of a passage speak to the assistant: those that are attacks, two neighbours that are one together,
 * and what follows in the same paragraph, since an attack says first that it is one and then what it wants.
 * @param isAllowed the owner's own sentence: never an attack, whatever stands around it
 * @returns one flag a sentence
 */
export function attackSpans(
  text: string,
  sentences: readonly Span[],
  isAllowed: (sentence: string) => boolean = () => false,
): boolean[] {
  const of = ({ start, end }: Span): string => text.slice(start, end);
  const allowed = sentences.map((sentence) => isAllowed(of(sentence)));
  const flags = sentences.map(
    (sentence, index) => allowed[index] !== true && findAttack(of(sentence), 'document') !== null,
  );
  for (let index = 1; index < sentences.length; index += 1) {
    const [before, own] = [sentences[index - 1], sentences[index]];
    if (!before || !own || flags[index - 1] || flags[index] || allowed[index - 1] || allowed[index]) continue;
    // Severe kinds alone: two harmless neighbours easily say "if you ask" and "please answer".
    if (findAttack(`${of(before)} ${of(own)}`, 'question') !== null) flags[index - 1] = flags[index] = true;
  }
  for (let index = 1; index < sentences.length; index += 1) {
    const [before, own] = [sentences[index - 1], sentences[index]];
    if (before && own && flags[index - 1] && !text.slice(before.end, own.start).includes('\n'))
      flags[index] = true;
  }
  return flags.map((flag, index) => flag && allowed[index] !== true);
}

/** The text without its attacks; sentences by their marks. For titles, names and questions. */
export function withoutAttacks(text: string, where: 'question' | 'document'): string {
  if (findAttack(text, where) === null) return text;
  const pieces = text.match(/[^.!?。！？\n]+(?:[.!?。！？]+["'”’»)]*|\n|$)\s*/gu) ?? [text];
  const kept: string[] = [];
  let tainted = false;
  for (const piece of pieces) {
    const attack = findAttack(piece, where) !== null;
    // In a question what follows may be the real question; in a title it is what the attack wants.
    tainted = attack || (tainted && where === 'document');
    if (!tainted) kept.push(piece);
  }
  const left = kept.join('').trim();
  return findAttack(left, where) === null ? left : '';
}
