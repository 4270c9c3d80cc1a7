interface Props {
  id: string;
  label: string;
  questions: readonly string[];
  /** Which one Enter would ask; -1: none. */
  active: number;
  onChoose: (question: string) => void;
}

/** Questions that fit what is typed. The focus stays in the field, whose arrow keys move in here. */
export function SuggestionList({ id, label, questions, active, onChoose }: Props) {
  return (
    <ul id={id} class="type-ahead" role="listbox" aria-label={label} hidden={questions.length === 0}>
      {questions.map((question, position) => (
        <li
          key={question}
          id={`${id}-${position}`}
          role="option"
          aria-selected={position === active}
          // Not on release: the field must not lose the focus, and on a phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(question)}
        >
          {question}
        </li>
      ))}
    </ul>
  );
}
