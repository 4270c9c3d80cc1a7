/** What models see of a passage: its place in the document, then its text. */
export function passageText({ headingPath, text }: { headingPath: string; text: string }): string {
  return headingPath === '' ? text : `${headingPath}: ${text}`;
}
