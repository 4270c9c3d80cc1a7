import { useEffect, useId, useRef } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { useSource } from '../source/use-source.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';
import { SourceDetails } from './source-details.tsx';
import { SourceText } from './source-text.tsx';

interface Props {
  citation: Citation;
  onClose: () => void;
}

/** A modal dialog: the browser holds the focus inside, closes it on Escape and gives the focus back. */
export function SourcePanel({ citation, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const source = useSource(citation.document_id);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      class="source-panel"
      aria-labelledby={title}
      onClose={onClose}
      onClick={(event) => {
        // Only the backdrop is the dialog itself; everything visible lies in the card.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="source-card">
        <header>
          <h2 id={title}>{citation.title}</h2>
          <button
            type="button"
            class="button icon-only"
            aria-label={translate('source.close')}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        <SourceDetails citation={citation} source={source} />
        <SourceText citation={citation} source={source} />
      </div>
    </dialog>
  );
}
