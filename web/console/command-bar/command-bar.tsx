import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../components/dialog.tsx';
import { commands, openChoices, type Command } from '../hotkeys/commands.ts';
import { translate } from '../translate.ts';
import { CommandList } from './command-list.tsx';
import { findCommands } from './find-commands.ts';
import { searchDesk } from './search-desk.ts';

/** Milliseconds of quiet before the server is asked. */
const SEARCH_AFTER_MS = 200;
const LIST_ID = 'command-list';

/** Ctrl/⌘-K: what can be done here, then where to go, then a search; choices are a step further in. */
export function CommandBar({ onClose }: { onClose: () => void }) {
  const { route } = useLocation();
  const [step, setStep] = useState<Command | null>(openChoices.value);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [found, setFound] = useState<readonly Command[]>([]);
  const input = useRef<HTMLInputElement>(null);

  const offered = findCommands(step?.choices?.() ?? commands.value, text);
  const all = step ? offered : [...offered, ...found];
  const current = all[Math.min(chosen, all.length - 1)];

  useEffect(() => {
    setChosen(0);
    setFound([]);
    if (step || text.trim().length < 2) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      searchDesk(text.trim(), route, leaving.signal)
        .then(setFound)
        .catch(() => undefined);
    }, SEARCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [text, step]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    if (command.choices) {
      setStep(command);
      setText('');
      input.current?.focus();
      return;
    }
    onClose();
    command.run?.();
  };
  const press = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setChosen((now) => (Math.min(now, all.length - 1) + move + all.length) % Math.max(all.length, 1));
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      run(current);
    } else if (event.key === 'Backspace' && text === '' && step) {
      setStep(null);
    }
  };

  return (
    <Dialog
      title={translate('command.title')}
      hideTitle
      size="wide"
      class="command-bar"
      onClose={onClose}
      initialFocus={() => input.current}
    >
      <div class="command-field">
        {step && <span class="badge">{step.label}</span>}
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={step?.label ?? translate('command.title')}
          aria-expanded="true"
          aria-controls={LIST_ID}
          aria-autocomplete="list"
          {...(current && { 'aria-activedescendant': `command-${current.id}` })}
          placeholder={translate(step ? 'command.choose' : 'command.placeholder')}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <CommandList
        id={LIST_ID}
        commands={all}
        current={current}
        grouped={step === null}
        found={found}
        onRun={run}
      />
      <p class="command-legend">
        <kbd>Enter</kbd> {translate('command.legend_run')} <kbd>↑</kbd> <kbd>↓</kbd>{' '}
        {translate('command.legend_move')} <kbd>Backspace</kbd> {translate('command.legend_back')}{' '}
        <kbd>Esc</kbd> {translate('command.legend_close')}
      </p>
    </Dialog>
  );
}
