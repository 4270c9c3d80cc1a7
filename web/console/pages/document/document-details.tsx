import { useState } from 'preact/hooks';
import type { DocumentWithText } from '../../api/knowledge-types.ts';
import { Panel } from '../../components/panel.tsx';
import { showBytes } from '../../format/show-bytes.ts';
import { showTime } from '../../format/show-time.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { EditDetails } from './edit-details.tsx';

interface DocumentDetailsProps {
  document: DocumentWithText;
  onChanged: () => void;
}

export function DocumentDetails({ document, onChanged }: DocumentDetailsProps) {
  const [editing, setEditing] = useState(false);
  const none = translate('document.not_said');
  const facts: [string, string][] = [
    [translate('documents.audience'), document.audience],
    [translate('documents.category'), document.category ?? none],
    [translate('documents.language'), document.language ?? none],
    [translate('document.owner'), document.owner ?? none],
    [translate('document.valid_from'), document.valid_from === null ? none : showTime(document.valid_from)],
    [
      translate('document.valid_until'),
      document.valid_until === null ? none : showTime(document.valid_until),
    ],
    [translate('document.updated'), showTime(document.updated_at)],
    [translate('document.created'), showTime(document.created_at)],
    [translate('document.format'), `${document.media_type}, ${showBytes(document.bytes)}`],
    [translate('document.from'), document.source],
    [translate('document.checksum'), document.sha256],
  ];
  return (
    <div class="page-body panels">
      <Panel
        title={translate('document.details')}
        actions={
          may('knowledge.write') && (
            <button type="button" class="button small" onClick={() => setEditing(true)}>
              {translate('action.edit')}
            </button>
          )
        }
      >
        <dl class="facts">
          {facts.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
          {document.url !== null && (
            <>
              <dt>{translate('document.address')}</dt>
              <dd>
                <a href={document.url} rel="noreferrer">
                  {document.url}
                </a>
              </dd>
            </>
          )}
        </dl>
      </Panel>
      {document.summary !== null && (
        <Panel title={translate('document.summary')} hint={translate('document.summary_hint')}>
          <p>{document.summary}</p>
        </Panel>
      )}
      {document.problems.length > 0 && (
        <Panel title={translate('document.problems')}>
          <ul class="rows">
            {document.problems.map(({ source, code, message }) => (
              <li key={`${source} ${code}`}>
                <strong>{source}</strong>
                <span class="problem">
                  {message} <span class="mono">{code}</span>
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {editing && <EditDetails document={document} onClose={() => setEditing(false)} onChanged={onChanged} />}
    </div>
  );
}
