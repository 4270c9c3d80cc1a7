import { Fragment } from 'preact';
import type { Citation } from '../../../src/answer/answer-types.ts';
import type { AnswerLine } from '../conversation/split-answer-text.ts';
import { CitationButton } from './citation-button.tsx';

interface Props {
  parts: AnswerLine;
  citations: Citation[];
  onCite: (citation: Citation) => void;
}

export function CitedLine({ parts, citations, onCite }: Props) {
  return (
    <>
      {parts.map((part, at) => {
        if (part.kind === 'text') return <Fragment key={at}>{part.text}</Fragment>;
        const citation = citations.find((known) => known.index === part.index);
        return citation && <CitationButton key={at} citation={citation} onOpen={onCite} />;
      })}
    </>
  );
}
