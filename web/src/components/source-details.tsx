import type { Citation } from '../../../src/answer/answer-types.ts';
import { documentBase } from '../api/server-address.ts';
import { safeLink } from '../source/safe-link.ts';
import type { SourceState } from '../source/use-source.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  citation: Citation;
  source: SourceState;
}

export function SourceDetails({ citation, source }: Props) {
  const updated = source.kind === 'ready' ? new Date(source.document.updated_at) : null;
  const link = safeLink(citation.url, documentBase());
  return (
    <p class="source-details">
      {updated && !Number.isNaN(updated.getTime()) && (
        <time dateTime={updated.toISOString()}>
          {translate('source.updated', {
            date: new Intl.DateTimeFormat(translate('lang'), { dateStyle: 'long' }).format(updated),
          })}
        </time>
      )}
      {link && (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {translate('source.open')} <Icon name="external" />
        </a>
      )}
    </p>
  );
}
