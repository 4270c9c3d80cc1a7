import { useMemo } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { splitAnswerText, type AnswerLine } from '../conversation/split-answer-text.ts';
import { CitedLine } from './cited-line.tsx';

interface Props {
  text: string;
  citations: Citation[];
  onCite: (citation: Citation) => void;
}

export function AnswerText({ text, citations, onCite }: Props) {
  const blocks = useMemo(
    () => splitAnswerText(text, new Set(citations.map((citation) => citation.index))),
    [text, citations],
  );
  const line = (parts: AnswerLine) => <CitedLine parts={parts} citations={citations} onCite={onCite} />;

  return (
    <div class="answer-text" dir="auto">
      {blocks.map((block, position) => {
        if (block.kind === 'paragraph') {
          return (
            <p key={position}>
              {block.lines.map((parts, at) => (
                <span key={at} class="line">
                  {line(parts)}
                </span>
              ))}
            </p>
          );
        }
        const items = block.items.map((parts, at) => <li key={at}>{line(parts)}</li>);
        return block.ordered ? (
          <ol key={position} start={block.first}>
            {items}
          </ol>
        ) : (
          <ul key={position}>{items}</ul>
        );
      })}
    </div>
  );
}
