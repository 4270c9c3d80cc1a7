import type { Citation } from '../../../src/answer/answer-types.ts';
import { translate } from '../translate.ts';

interface Props {
  citation: Citation;
  onOpen: (citation: Citation) => void;
}

/** Shown as a small number; copied as `[n]`. The no-break space keeps it with the word before. */
export function CitationButton({ citation, onOpen }: Props) {
  const { index, title } = citation;
  return (
    <>
      {'\u00a0'}
      <button
        type="button"
        class="citation"
        title={title}
        aria-label={translate('citation.button', { index, title })}
        aria-haspopup="dialog"
        onClick={() => onOpen(citation)}
      >
        <span class="bracket">[</span>
        {index}
        <span class="bracket">]</span>
      </button>
    </>
  );
}
