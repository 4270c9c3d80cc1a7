import { useState } from 'preact/hooks';
import { listLibrary, previewText, runMacro, type MacroAction } from '../api/desk-api.ts';
import { Dialog } from '../components/dialog.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { tell, tellFailure } from '../components/toasts.tsx';
import { staffName } from '../data/staff.ts';
import { useLoaded } from '../data/use-loaded.ts';
import { translate, translateValue } from '../translate.ts';

/** Macros at the left, what the chosen one would do at the right; nothing happens before it is applied. */
export function MacroDialog({ threadId, onClose }: { threadId: string; onClose: () => void }) {
  const { loaded, reload } = useLoaded('macros', () => listLibrary('macros'));
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? loaded.value?.[0]?.id ?? null;
  return (
    <Dialog title={translate('macro.title')} size="wide" onClose={onClose}>
      {loaded.state === 'loading' && <Skeleton rows={4} />}
      {loaded.state === 'failed' && <Failure error={loaded.error} onRetry={reload} />}
      {loaded.state === 'ready' && loaded.value.length === 0 && (
        <Empty icon="macro" title={translate('macro.none')} hint={translate('macro.none_hint')} />
      )}
      {loaded.state === 'ready' && id !== null && (
        <div class="macros">
          <ul aria-label={translate('macro.title')}>
            {loaded.value.map((macro) => (
              <li key={macro.id}>
                <button
                  type="button"
                  class="pick-button"
                  aria-pressed={macro.id === id}
                  onClick={() => setChosen(macro.id)}
                >
                  {macro.name}
                </button>
              </li>
            ))}
          </ul>
          <MacroPreview key={id} threadId={threadId} macroId={id} onClose={onClose} />
        </div>
      )}
    </Dialog>
  );
}

function MacroPreview({
  threadId,
  macroId,
  onClose,
}: {
  threadId: string;
  macroId: string;
  onClose: () => void;
}) {
  const { loaded, reload } = useLoaded(macroId, () => previewText(threadId, { macro_id: macroId }));
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  if (loaded.state === 'loading') return <Skeleton rows={3} />;
  const { text, note, missing, actions } = loaded.value;
  const apply = () => {
    onClose();
    runMacro(threadId, macroId, text !== '')
      .then(() => tell(translate('done.macro')))
      .catch(tellFailure);
  };
  return (
    <div class="macro-preview">
      {text !== '' && <Part title={translate('macro.reply')} text={text} />}
      {note !== '' && <Part title={translate('macro.note')} text={note} />}
      {actions.length > 0 && (
        <>
          <h3>{translate('macro.actions')}</h3>
          <ul class="bullets">
            {actions.map((action, index) => (
              <li key={index}>{describeAction(action)}</li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <p class="form-error">{translate('macro.missing', { names: missing.join(', ') })}</p>
      )}
      <p class="muted">{translate('macro.draft_stays')}</p>
      <button type="button" class="button primary" disabled={missing.length > 0} onClick={apply}>
        {translate(text === '' ? 'macro.apply' : 'macro.apply_send')}
      </button>
    </div>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h3>{title}</h3>
      <p class="quoted">{text}</p>
    </>
  );
}

function describeAction({ do: what, value = '' }: MacroAction): string {
  const shown = what === 'assign' ? (staffName(value) ?? value) : translateValue(what, value);
  return `${translateValue('macro_action', what)} ${shown}`.trim();
}
