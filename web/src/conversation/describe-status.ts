import { translate } from '../translate.ts';
import type { Entry } from './conversation-state.ts';

/** What the one polite status line says about the newest entry; `null`: nothing. Errors are alerts of their own. */
export function describeStatus(entry: Entry | undefined): string | null {
  if (!entry || entry.kind === 'customer' || entry.restored) return null;
  switch (entry.kind) {
    case 'handover':
      return translate('status.handed_over');
    case 'staff':
      return translate('desk.says', { name: entry.author ?? translate('desk.team'), text: entry.text });
    case 'note':
      return translate(`desk.${entry.note}`, { name: entry.name ?? translate('desk.team') });
    case 'file':
      return entry.note ? null : translate(entry.file ? 'file.sent' : 'file.sending', { name: entry.name });
    case 'answer':
      return describeAnswer(entry.status);
  }
}

function describeAnswer(status: Extract<Entry, { kind: 'answer' }>['status']): string | null {
  switch (status) {
    case 'waiting':
    case 'writing':
      return translate('status.writing');
    case 'done':
      return translate('status.ready');
    case 'stopped':
      return translate('status.stopped');
    case 'failed':
    case 'interrupted':
      return null;
  }
}
