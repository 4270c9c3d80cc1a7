import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { translate, translateValue } from '../../translate.ts';
import type { FieldsProps } from './library-item.ts';
import { MacroValue } from './macro-value.tsx';

const DOES = ['status', 'priority', 'assign', 'team', 'tag', 'untag', 'snooze', 'close'] as const;

/** The reply, the note and the steps of a macro, in the order in which they are done. */
export function MacroFields({ data, onChange }: FieldsProps) {
  const actions = data.actions ?? [];
  const set = (index: number, action: { do: string; value?: string }) =>
    onChange({ ...data, actions: actions.map((one, at) => (at === index ? action : one)) });
  const text = (name: 'reply' | 'note') => (
    <Field
      label={translate(`library.${name}`)}
      {...(name === 'reply' && { hint: translate('library.placeholders') })}
    >
      <textarea
        rows={4}
        maxLength={20_000}
        value={data[name] ?? ''}
        onInput={({ currentTarget: { value } }) => onChange({ ...data, [name]: value })}
      />
    </Field>
  );
  return (
    <>
      {text('reply')}
      {text('note')}
      <fieldset class="form">
        <legend class="field-label">{translate('macro.actions')}</legend>
        {actions.map((action, index) => (
          <div key={index} class="macro-action">
            <select
              aria-label={translate('library.step', { number: index + 1 })}
              value={action.do}
              onChange={({ currentTarget: { value } }) => set(index, { do: value })}
            >
              {DOES.map((one) => (
                <option key={one} value={one}>
                  {translateValue('macro_action', one)}
                </option>
              ))}
            </select>
            <MacroValue
              action={action}
              label={translate('library.value', { number: index + 1 })}
              onChange={(value) => set(index, { do: action.do, ...(value !== '' && { value }) })}
            />
            <button
              type="button"
              class="button icon-only small"
              aria-label={translate('library.remove_step', { number: index + 1 })}
              onClick={() => onChange({ ...data, actions: actions.filter((_, at) => at !== index) })}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
        <button
          type="button"
          class="button small"
          onClick={() => onChange({ ...data, actions: [...actions, { do: 'tag', value: '' }] })}
        >
          <Icon name="plus" /> {translate('library.add_step')}
        </button>
      </fieldset>
    </>
  );
}
