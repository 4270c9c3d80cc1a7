import { cutTitle } from './block-builder.ts';

/** 'returns_and-refunds.v2.md' → 'Returns and refunds v2': a title of last resort, never empty. */
export function titleFromName(name: string): string {
  const base = name
    .replace(/^.*[/\\]/, '')
    .replace(
      /\.(?:md|markdown|html?|xhtml|txt|text|pdf|docx?|docm|xlsx?|pptx?|od[tsp]|epub|csv|tsv|tab|json|jsonl|ndjson|rtf|eml|mbox|zip|png|jpe?g|gif|tiff?|webp|bmp)$/i,
      '',
    );
  const spaced = cutTitle(base.replace(/[-_.+]+|%20/g, ' '));
  return spaced === '' ? 'Untitled' : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
