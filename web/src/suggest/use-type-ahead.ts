import { useState } from 'preact/hooks';
import { matchQuestions } from './match-questions.ts';

export interface TypeAhead {
  questions: string[];
  active: number;
  /** Whether the key was for the list; then it is for nothing else. */
  takesKey: (event: KeyboardEvent, choose: (question: string) => void) => boolean;
}

/** The owner's questions for what is typed, moved in with the arrow keys; Escape puts them away until more is typed. */
export function useTypeAhead(all: readonly string[], typed: string): TypeAhead {
  const [put, setPut] = useState({ away: '', active: -1, typed: '' });
  const questions = put.away === typed && typed !== '' ? [] : matchQuestions(all, typed);
  const active = put.typed === typed && put.active < questions.length ? put.active : -1;

  const takesKey: TypeAhead['takesKey'] = (event, choose) => {
    if (questions.length === 0 || event.isComposing) return false;
    const chosen = questions[active];
    switch (event.key) {
      case 'ArrowDown':
        setPut({ away: '', active: (active + 1) % questions.length, typed });
        return true;
      case 'ArrowUp':
        setPut({ away: '', active: active <= 0 ? questions.length - 1 : active - 1, typed });
        return true;
      case 'Escape':
        setPut({ away: typed, active: -1, typed });
        return true;
      case 'Enter':
        if (chosen === undefined || event.shiftKey) return false;
        choose(chosen);
        return true;
      default:
        return false;
    }
  };
  return { questions, active, takesKey };
}
