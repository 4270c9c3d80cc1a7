import type { Citation } from '../../answer/answer-types.ts';
import type { UrlCitation } from '../schemas/openai-schema.ts';

const MARKER = /\[(\d+)\]/g;

/** One annotation for each marker of the text that a citation stands behind, in the order of the text. */
export function annotateCitations(
  text: string,
  citations: readonly Citation[],
  urlOf: (citation: Citation) => string,
): UrlCitation[] {
  const byIndex = new Map(citations.map((citation) => [String(citation.index), citation]));
  return [...text.matchAll(MARKER)].flatMap((marker): UrlCitation[] => {
    const citation = byIndex.get(marker[1] ?? '');
    if (!citation) return [];
    return [
      {
        type: 'url_citation',
        url_citation: {
          start_index: marker.index,
          end_index: marker.index + marker[0].length,
          url: urlOf(citation),
          title: citation.title,
        },
      },
    ];
  });
}

/** A list of the sources, for clients that show Markdown and drop annotations; '' without any. */
export function listSources(citations: readonly Citation[], urlOf: (citation: Citation) => string): string {
  if (citations.length === 0) return '';
  const lines = citations.map(
    (citation) => `- \\[${citation.index}\\] [${escapeMarkdown(citation.title)}](${urlOf(citation)})`,
  );
  return `\n\nSources:\n${lines.join('\n')}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]*_`<>]/g, (mark) => `\\${mark}`).replace(/\s+/g, ' ');
}
