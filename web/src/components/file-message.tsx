import { useState } from 'preact/hooks';
import { downloadFile } from '../api/answerbox-api.ts';
import type { FileEntry } from '../conversation/conversation-state.ts';
import { formatBytes } from '../files/format-bytes.ts';
import { saveFile } from '../files/save-file.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  entry: FileEntry;
  conversationId: string | null;
}

/** A file of either side. Pages with a strict policy show no picture of ours, so it is named and can be saved. */
export function FileMessage({ entry, conversationId }: Props) {
  const [failed, setFailed] = useState(false);
  const { file, name, bytes, note, from } = entry;
  const save = () => {
    if (!file || !conversationId) return;
    setFailed(false);
    downloadFile(conversationId, file.id).then(
      (blob) => saveFile(blob, file.name),
      () => setFailed(true),
    );
  };
  const state = note?.refused ? 'refused' : file ? 'sent' : 'sending';
  return (
    <article class={`message message-file message-${from}`} data-anchor data-file={state}>
      <h2 class="visually-hidden">{translate(from === 'customer' ? 'file.yours' : 'file.theirs')}</h2>
      <button type="button" class="file-chip" disabled={!file} onClick={save}>
        <Icon name="file" />
        <span class="file-name" dir="auto">
          {file?.name ?? name}
        </span>
        <span class="file-size">
          {file ? formatBytes(bytes, translate('lang')) : translate(note ? 'file.refused' : 'file.rising')}
        </span>
      </button>
      {(note || failed) && (
        <p
          class={note?.refused || failed ? 'note-error' : 'file-note'}
          role={note?.refused || failed ? 'alert' : undefined}
        >
          {failed ? translate('file.lost') : note?.text}
        </p>
      )}
    </article>
  );
}
