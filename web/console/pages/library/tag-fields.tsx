import { Field } from '../../components/field.tsx';
import { translate } from '../../translate.ts';
import type { FieldsProps } from './library-item.ts';

export function TagFields({ data, onChange }: FieldsProps) {
  return (
    <Field label={translate('library.colour')}>
      <input
        type="color"
        value={data.colour ?? '#64748b'}
        onInput={({ currentTarget: { value } }) => onChange({ ...data, colour: value })}
      />
    </Field>
  );
}
