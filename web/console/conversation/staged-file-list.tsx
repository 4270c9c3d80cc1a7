import { Icon } from '../components/icon.tsx';
import { showBytes } from '../format/show-bytes.ts';
import { translate } from '../translate.ts';
import type { StagedFiles } from './use-staged-files.ts';

/** What will be sent with the reply, each with a way to leave it out. */
export function StagedFileList({ files, remove }: Pick<StagedFiles, 'files' | 'remove'>) {
  if (files.length === 0) return null;
  return (
    <ul class="staged-files" aria-label={translate('file.staged')}>
      {files.map(({ id, file, refused }) => (
        <li key={id}>
          <Icon name="clip" /> <span class="staged-name">{file.name}</span>{' '}
          <span class="muted">{showBytes(file.size)}</span>
          <button
            type="button"
            class="button icon-only small"
            aria-label={translate('file.remove', { name: file.name })}
            title={translate('file.remove', { name: file.name })}
            onClick={() => remove(id)}
          >
            <Icon name="close" />
          </button>
          {refused !== null && (
            <span class="problem" role="alert">
              {refused}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
