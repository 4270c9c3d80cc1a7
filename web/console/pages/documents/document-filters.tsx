import { useLocation } from 'preact-iso';
import type { DocumentFacets, KnowledgeSource } from '../../api/knowledge-types.ts';
import { addressOf, call } from '../../api/request.ts';
import { Field } from '../../components/field.tsx';
import { DOCUMENTS } from '../../data/knowledge-addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate, translateValue } from '../../translate.ts';

const NAMES = ['words', 'category', 'language', 'audience', 'collection', 'format', 'state'] as const;
export type Filters = Partial<Record<(typeof NAMES)[number], string>>;
/** Those that documents come in most; the others are found by the command line. */
const FORMATS = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'epub',
  'html',
  'md',
  'txt',
  'csv',
  'json',
  'eml',
  'zip',
];
const STATES = ['valid', 'upcoming', 'expired', 'problems', 'disabled', 'edited', 'overtaken'];

/** The filters of an address; each address can be shared. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(NAMES.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

export function DocumentFilters({ filters }: { filters: Filters }) {
  const { route } = useLocation();
  const { loaded } = useLoaded('facets', async (signal) => {
    const facets = call<DocumentFacets>('GET', '/api/v1/documents/facets', { signal });
    const sources = call<{ sources: KnowledgeSource[] }>('GET', '/api/v1/knowledge/sources', { signal });
    return { facets: await facets, sources: (await sources).sources };
  });
  const change = (values: Filters) => route(addressOf(DOCUMENTS, { ...filters, ...values }), true);
  const facets = loaded.value?.facets;
  const nameOf = (collection: string): string =>
    loaded.value?.sources.find(({ id }) => collection === `source:${id}`)?.address ??
    translateValue('collection', collection);
  return (
    <search class="toolbar" aria-label={translate('documents.filter')}>
      <label class="field grows">
        <span class="field-label">{translate('documents.words')}</span>
        <input
          type="search"
          value={filters.words ?? ''}
          onInput={({ currentTarget: { value } }) => change({ words: value.trim() })}
        />
      </label>
      <Choice name="collection" counts={facets?.collections} show={nameOf} {...{ filters, change }} />
      <Choice name="category" counts={facets?.categories} {...{ filters, change }} />
      <Choice name="language" counts={facets?.languages} {...{ filters, change }} />
      <Choice name="audience" counts={facets?.audiences} {...{ filters, change }} />
      <Field label={translate('documents.format')}>
        <select
          value={filters.format ?? ''}
          onChange={({ currentTarget: { value } }) => change({ format: value })}
        >
          <option value="">{translate('documents.all')}</option>
          {FORMATS.map((format) => (
            <option key={format} value={format}>
              {format.toUpperCase()}
            </option>
          ))}
        </select>
      </Field>
      <Field label={translate('documents.state')}>
        <select
          value={filters.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
        >
          <option value="">{translate('documents.all')}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {translateValue('validity', state)}
            </option>
          ))}
        </select>
      </Field>
    </search>
  );
}

interface ChoiceProps {
  name: 'category' | 'language' | 'audience' | 'collection';
  counts: Readonly<Record<string, number>> | undefined;
  show?: (value: string) => string;
  filters: Filters;
  change: (values: Filters) => void;
}

/** One property with how many documents have each value; left out where all have the same. */
function Choice({ name, counts = {}, show = (value) => value, filters, change }: ChoiceProps) {
  const values = Object.entries(counts).filter(([value]) => value !== '');
  if (values.length === 0 || (Object.keys(counts).length < 2 && !filters[name])) return null;
  return (
    <Field label={translate(`documents.${name}`)}>
      <select
        value={filters[name] ?? ''}
        onChange={({ currentTarget: { value } }) => change({ [name]: value })}
      >
        <option value="">{translate('documents.all')}</option>
        {values.map(([value, count]) => (
          <option key={value} value={value}>
            {`${show(value)} (${count})`}
          </option>
        ))}
      </select>
    </Field>
  );
}
