import { staff } from '../../data/staff.ts';
import { translate } from '../../translate.ts';
import type { FieldsProps } from './library-item.ts';

export function TeamFields({ data, onChange }: FieldsProps) {
  const members = data.members ?? [];
  return (
    <fieldset class="form">
      <legend class="field-label">{translate('library.team')}</legend>
      {staff.value.map(({ id, name }) => (
        <label key={id} class="row-line">
          <input
            type="checkbox"
            checked={members.includes(id)}
            onChange={({ currentTarget: { checked } }) =>
              onChange({
                ...data,
                members: checked ? [...members, id] : members.filter((one) => one !== id),
              })
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
