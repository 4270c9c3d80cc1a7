import { useRef } from 'preact/hooks';
import type { UploadLimits } from '../../api/knowledge-types.ts';
import { Panel } from '../../components/panel.tsx';
import type { Loaded } from '../../data/use-loaded.ts';
import { showBytes } from '../../format/show-bytes.ts';
import { pathed } from '../../knowledge/read-dropped.ts';
import { SiteForm } from '../../knowledge/site-form.tsx';
import { SourceFields } from '../../knowledge/source-fields.tsx';
import { addUploads, uploadDraft } from '../../knowledge/uploads.ts';
import { translate } from '../../translate.ts';

interface AddDocumentsProps {
  limits: Loaded<UploadLimits>;
  onSite: () => void;
}

/** Files, folders, archives and sites; what may be sent is said before anything is chosen. */
export function AddDocuments({ limits, onSite }: AddDocumentsProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const known = limits.state === 'ready' ? limits.value : null;
  const chosen = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    if (known)
      addUploads(
        [...(currentTarget.files ?? [])].map((file) => pathed(file)),
        known,
      );
    currentTarget.value = '';
  };
  return (
    <Panel title={translate('add.title')}>
      <div class="drop-zone">
        <p>
          {translate('add.drop')}{' '}
          <span class="muted">
            {known &&
              translate('add.limits', {
                file: showBytes(known.document_bytes),
                request: showBytes(known.request_bytes),
              })}
          </span>
        </p>
        <button type="button" class="button primary" disabled={!known} onClick={() => files.current?.click()}>
          {translate('add.files')}
        </button>
        <button type="button" class="button" disabled={!known} onClick={() => folder.current?.click()}>
          {translate('add.folder')}
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={translate('add.files')}
          onChange={chosen}
        />
        <input
          ref={folder}
          type="file"
          hidden
          aria-label={translate('add.folder')}
          {...{ webkitdirectory: true }}
          onChange={chosen}
        />
      </div>
      <details class="site-more">
        <summary>{translate('add.said')}</summary>
        <div class="form site-fields">
          <SourceFields
            draft={uploadDraft.value}
            onChange={(draft) => (uploadDraft.value = draft)}
            kind="upload"
            privateHosts={null}
          />
        </div>
      </details>
      <SiteForm onAdded={onSite} />
    </Panel>
  );
}
