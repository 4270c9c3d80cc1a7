import { Field } from '../../components/field.tsx';
import { translate } from '../../translate.ts';
import type { FieldsProps } from './library-item.ts';

export function CategoryFields({ data, onChange }: FieldsProps) {
  return (
    <Field label={translate('library.description')}>
      <input
        maxLength={500}
        value={data.description ?? ''}
        onInput={({ currentTarget: { value } }) => onChange({ ...data, description: value })}
      />
    </Field>
  );
}
