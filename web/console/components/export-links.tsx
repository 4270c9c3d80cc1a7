import { addressOf } from '../api/request.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  /** Address of the list. */
  list: string;
  /** What it is narrowed by; everything under it is in the file. */
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** A list as a file for spreadsheets, or for programs. */
export function ExportLinks({ list, query = {} }: Props) {
  return (
    <span class="export-links">
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          class="button small"
          href={addressOf(`${list}/export`, { ...query, format })}
          aria-label={translate('export.as', { format: format.toUpperCase() })}
          title={translate('export.as', { format: format.toUpperCase() })}
          download
        >
          <Icon name="download" /> {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
