import { categories } from '../data/categories.ts';
import { translate } from '../translate.ts';

interface Props {
  name?: string;
  value?: string;
  disabled?: boolean;
  onChange?: (value: string) => void;
}

/** One of the owner's categories; any word where none were named. What a ticket has stays to be chosen. */
export function CategoryInput({ name, value = '', disabled = false, onChange }: Props) {
  const named = categories.value.map((category) => category.name);
  const change = (event: { currentTarget: { value: string } }) =>
    onChange?.(event.currentTarget.value.trim());
  if (named.length === 0)
    return <input {...{ name, disabled }} maxLength={100} defaultValue={value} onChange={change} />;
  const shown = value === '' || named.includes(value) ? named : [value, ...named];
  return (
    <select {...{ name, disabled }} value={value} onChange={change}>
      <option value="">{translate('field.no_category')}</option>
      {shown.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
