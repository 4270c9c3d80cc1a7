import { useEffect, useRef } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { locateQuote } from '../source/locate-quote.ts';
import type { SourceState } from '../source/use-source.ts';
import { translate } from '../translate.ts';

interface Props {
  citation: Citation;
  source: SourceState;
}

/** The document with the quote marked and in view; the quote alone while, or where, the document is not to be had. */
export function SourceText({ citation, source }: Props) {
  const mark = useRef<HTMLElement>(null);
  const located =
    source.kind === 'ready' ? locateQuote(source.document.text, citation.quote, citation.start) : null;
  const note = source.kind === 'ready' ? 'source.changed' : (`source.${source.kind}` as const);

  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, [source.kind]);

  return (
    <>
      {!located && <p class="source-note">{translate(note)}</p>}
      <div class="source-text" role="region" aria-label={translate('source.text')} tabIndex={0} dir="auto">
        {located?.before}
        <mark ref={mark}>{citation.quote}</mark>
        {located?.after}
      </div>
    </>
  );
}
