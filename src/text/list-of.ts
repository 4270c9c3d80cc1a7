/** Parts of a list that is written as one text, separated by commas: trimmed, none empty. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
