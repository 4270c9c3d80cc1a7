import { useEffect, useRef } from 'preact/hooks';
import type { AskedQuestion } from '../components/widget-panel.tsx';

/** Asks what the page's script wanted asked, once, and not before the old conversation is there to go on with. */
export function useAskedQuestion(
  asked: AskedQuestion | null,
  restoring: boolean,
  ask: (text: string) => void,
): void {
  const done = useRef(0);
  useEffect(() => {
    if (!asked || restoring || asked.number <= done.current) return;
    done.current = asked.number;
    ask(asked.text);
  });
}
