import { Field } from '../components/field.tsx';
import { translate, type MessageKey } from '../translate.ts';
import type { SourceDraft } from './source-draft.ts';

type Change = (event: { currentTarget: { value: string } }) => void;

interface SourceFieldsProps {
  draft: SourceDraft;
  onChange: (draft: SourceDraft) => void;
  kind: 'site' | 'folder' | 'upload';
  /** Hosts of the own network that the settings allow; null while that is not known. */
  privateHosts: readonly string[] | null;
}

/** All that can be said of a source but its address; of files that are sent, for whom and of what they are. */
export function SourceFields({ draft, onChange, kind, privateHosts }: SourceFieldsProps) {
  const set =
    (name: keyof SourceDraft): Change =>
    ({ currentTarget: { value } }) =>
      onChange({ ...draft, [name]: value });
  const word = (name: keyof SourceDraft, label: MessageKey, hint?: MessageKey) => (
    <Field label={translate(label)} {...(hint && { hint: translate(hint) })}>
      <input maxLength={60} value={draft[name]} onInput={set(name)} />
    </Field>
  );
  const patterns = (name: 'include' | 'exclude') => (
    <Field label={translate(`site.${name}`)} hint={translate(`site.${name}_hint`)}>
      <textarea rows={2} value={draft[name]} onInput={set(name)} />
    </Field>
  );
  return (
    <>
      {kind === 'site' && (
        <>
          <Field label={translate('site.pages')}>
            <input type="number" required min={1} max={100_000} value={draft.pages} onInput={set('pages')} />
          </Field>
          <Field label={translate('site.depth')} hint={translate('site.depth_hint')}>
            <input type="number" required min={0} max={100} value={draft.depth} onInput={set('depth')} />
          </Field>
          {patterns('include')}
          {patterns('exclude')}
        </>
      )}
      {kind !== 'upload' && (
        <Field label={translate('site.hours')} hint={translate('site.hours_hint')}>
          <input
            type="number"
            min={0.1}
            max={8760}
            step="any"
            value={draft.every_hours}
            onInput={set('every_hours')}
          />
        </Field>
      )}
      {word('audience', 'documents.audience', 'document.audience_hint')}
      {word('category', 'documents.category')}
      {word('language', 'documents.language', 'document.language_hint')}
      {word('owner', 'document.owner')}
      {word('valid_from', 'document.valid_from', 'site.day_hint')}
      {word('valid_until', 'document.valid_until', 'site.day_hint')}
      {kind === 'site' && privateHosts && (
        <p class="muted">
          {privateHosts.length === 0
            ? translate('site.private_none')
            : translate('site.private', { hosts: privateHosts.join(', ') })}
        </p>
      )}
    </>
  );
}
