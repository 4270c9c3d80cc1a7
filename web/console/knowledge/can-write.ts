/** Formats whose source is what a person would write; the server says so of any other, too. */
const WRITTEN = /^(?:text\/(?:markdown|html|plain|csv|tab-separated-values)|application\/(?:json|x-ndjson))$/;

export function canWrite({ media_type: type }: { media_type: string }): boolean {
  return WRITTEN.test(type);
}
