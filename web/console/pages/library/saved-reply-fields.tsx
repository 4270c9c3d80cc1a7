import { Field } from '../../components/field.tsx';
import { translate } from '../../translate.ts';
import type { FieldsProps } from './library-item.ts';

export function SavedReplyFields({ data, onChange }: FieldsProps) {
  return (
    <Field label={translate('library.text')} hint={translate('library.placeholders')}>
      <textarea
        required
        rows={8}
        maxLength={20_000}
        value={data.text ?? ''}
        onInput={({ currentTarget: { value } }) => onChange({ ...data, text: value })}
      />
    </Field>
  );
}
