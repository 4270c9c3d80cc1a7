import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { call } from '../../api/request.ts';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate } from '../../translate.ts';

/** A table of the owner's as the server tells of it. */
interface OwnedState<Value> {
  from: string;
  file: string;
  read_only: boolean;
  value: Value;
}

interface OwnedPanelProps<Value, Draft> {
  title: string;
  hint: string;
  /** On the button that puts it in force. */
  save: string;
  path: string;
  draftOf: (value: Value) => Draft;
  /** What is sent. */
  valueOf: (draft: Draft) => unknown;
  children: (draft: Draft, change: (draft: Draft) => void) => ComponentChildren;
  /** Of what is typed, before it holds. */
  preview: (draft: Draft) => ComponentChildren;
}

/** A table of the owner's: shown, tried out, put in force; to be read alone where a file goes before it. */
export function OwnedPanel<Value, Draft>(props: OwnedPanelProps<Value, Draft>) {
  const { path } = props;
  const { loaded, reload, set } = useLoaded(path, (signal) =>
    call<OwnedState<Value>>('GET', path, { signal }),
  );
  return (
    <LoadView loaded={loaded} reload={reload} rows={4}>
      {(state) => (
        <OwnedForm
          key={JSON.stringify(state)}
          {...props}
          state={state}
          onChanged={(next) => set(() => next)}
        />
      )}
    </LoadView>
  );
}

interface OwnedFormProps<Value, Draft> extends OwnedPanelProps<Value, Draft> {
  state: OwnedState<Value>;
  onChanged: (state: OwnedState<Value>) => void;
}

function OwnedForm<Value, Draft>(props: OwnedFormProps<Value, Draft>) {
  const { title, hint, save, path, state, draftOf, valueOf, onChanged } = props;
  const [draft, setDraft] = useState(() => draftOf(state.value));
  const { busy, run } = useAction();
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(state.value));
  const put = () =>
    run(async () => {
      onChanged(await call<OwnedState<Value>>('PUT', path, { body: valueOf(draft) }));
      tell(translate('owned.saved'));
    });
  const reset = () =>
    run(async () => {
      onChanged(await call<OwnedState<Value>>('DELETE', path));
      tell(translate('owned.reset_done'));
    });
  return (
    <Panel title={title} detail={originOf(state)} hint={hint}>
      {state.read_only && (
        <p class="notice" role="note">
          {translate('owned.read_only', { file: state.file })}
        </p>
      )}
      <fieldset class="form setting-table" disabled={state.read_only} aria-label={title}>
        {props.children(draft, setDraft)}
      </fieldset>
      {props.preview(draft)}
      {!state.read_only && (
        <div class="row-line">
          <button type="button" class="button primary" disabled={busy || !changed} onClick={put}>
            {save}
          </button>
          {changed && (
            <button
              type="button"
              class="button"
              disabled={busy}
              onClick={() => setDraft(draftOf(state.value))}
            >
              {translate('owned.discard')}
            </button>
          )}
          {state.from === 'console' && (
            <button type="button" class="button" disabled={busy} onClick={reset}>
              {translate('owned.reset')}
            </button>
          )}
        </div>
      )}
    </Panel>
  );
}

function originOf({ from, file }: OwnedState<unknown>): string {
  if (from === 'file') return translate('owned.from_file', { file });
  return translate(from === 'console' ? 'owned.from_console' : 'owned.from_built_in');
}
