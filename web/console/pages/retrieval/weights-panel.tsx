import { useState } from 'preact/hooks';
import type { SearchWeights, SearchWeightsState } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate } from '../../translate.ts';
import { weightDifferences } from './weight-differences.ts';

const PATH = '/api/v1/settings/search';
const NAMES = ['candidates', 'keyword_weight', 'sentence_weight', 'fusion_weight'] as const;
const STEPS: Record<keyof SearchWeights, number> = {
  candidates: 1,
  keyword_weight: 0.01,
  sentence_weight: 0.05,
  fusion_weight: 0.5,
};

interface WeightsPanelProps {
  /** Null: what is in force. */
  tried: SearchWeights | null;
  onTry: (weights: SearchWeights | null) => void;
}

/** Weights of the search: tried on the question first, then put in force after a look at what changes. */
export function WeightsPanel(props: WeightsPanelProps) {
  const { loaded, reload } = useLoaded('weights', (signal) =>
    call<SearchWeightsState>('GET', PATH, { signal }),
  );
  return (
    <LoadView loaded={loaded} reload={reload} rows={3}>
      {(state) => <Weights {...props} state={state} reload={reload} />}
    </LoadView>
  );
}

function Weights({
  tried,
  onTry,
  state: { in_force: inForce, defaults, ranges },
  reload,
}: WeightsPanelProps & { state: SearchWeightsState; reload: () => void }) {
  const [applying, setApplying] = useState(false);
  const shown = tried ?? inForce;
  const changes = weightDifferences(inForce, shown);
  return (
    <Panel
      title={translate('weights.title')}
      hint={translate(changes.length > 0 ? 'weights.tried' : 'weights.hint')}
    >
      <WeightsForm key={JSON.stringify(shown)} shown={shown} ranges={ranges} onTry={onTry} />
      <div class="row-line">
        <button
          type="button"
          class="button primary"
          disabled={changes.length === 0}
          onClick={() => setApplying(true)}
        >
          {translate('weights.apply')}
        </button>
        {changes.length > 0 && (
          <button type="button" class="button" onClick={() => onTry(null)}>
            {translate('weights.back')}
          </button>
        )}
        {weightDifferences(shown, defaults).length > 0 && (
          <button type="button" class="button" onClick={() => onTry(defaults)}>
            {translate('weights.defaults')}
          </button>
        )}
      </div>
      {applying && (
        <ApplyDialog
          weights={shown}
          inForce={inForce}
          onClose={() => setApplying(false)}
          onApplied={() => {
            onTry(null);
            reload();
          }}
        />
      )}
    </Panel>
  );
}

interface WeightsFormProps extends Pick<WeightsPanelProps, 'onTry'> {
  shown: SearchWeights;
  ranges: SearchWeightsState['ranges'];
}

function WeightsForm({ shown, ranges, onTry }: WeightsFormProps) {
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const entered = Object.fromEntries(NAMES.map((name) => [name, Number(form.get(name))]));
    onTry(entered as unknown as SearchWeights);
  };
  return (
    <form class="toolbar" onSubmit={submit}>
      {NAMES.map((name) => (
        <Field key={name} label={translate(`weights.${name}`)} hint={translate(`weights.${name}_hint`)}>
          <input
            name={name}
            type="number"
            required
            inputMode="decimal"
            min={ranges[name].minimum}
            max={ranges[name].maximum}
            step={STEPS[name]}
            defaultValue={String(shown[name])}
          />
        </Field>
      ))}
      <button type="submit" class="button">
        {translate('weights.try')}
      </button>
    </form>
  );
}

interface ApplyDialogProps {
  weights: SearchWeights;
  inForce: SearchWeights;
  onClose: () => void;
  onApplied: () => void;
}

/** What holds now beside what will, before it does. */
function ApplyDialog({ weights, inForce, onClose, onApplied }: ApplyDialogProps) {
  const { busy, run } = useAction();
  const apply = () =>
    run(async () => {
      await call<SearchWeightsState>('PUT', PATH, { body: weights });
      tell(translate('weights.applied'));
      onClose();
      onApplied();
    });
  return (
    <Dialog
      title={translate('weights.apply')}
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            {translate('action.cancel')}
          </button>
          <button type="button" class="button primary" disabled={busy} onClick={apply}>
            {translate('weights.apply')}
          </button>
        </>
      }
    >
      <DataTable
        caption={translate('weights.changes')}
        rows={weightDifferences(inForce, weights)}
        keyOf={({ name }) => name}
        columns={[
          { id: 'name', title: translate('weights.name'), cell: ({ name }) => translate(`weights.${name}`) },
          {
            id: 'from',
            title: translate('weights.from'),
            align: 'end',
            cell: ({ from }) => <del>{from}</del>,
          },
          { id: 'to', title: translate('weights.to'), align: 'end', cell: ({ to }) => <ins>{to}</ins> },
        ]}
      />
      <p class="muted">{translate('weights.apply_hint')}</p>
    </Dialog>
  );
}
