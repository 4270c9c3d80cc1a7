import type { DocumentFacets, SourceList } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Field } from '../../components/field.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate, translateValue } from '../../translate.ts';

/** Which documents a trial looks through; what is left out limits nothing. */
export interface SearchFilter {
  collections?: readonly string[];
  languages?: readonly string[];
  audiences?: readonly string[];
  expired?: boolean;
}

interface RetrievalFiltersProps {
  filter: SearchFilter;
  onChange: (filter: SearchFilter) => void;
}

/** Source, language, audience, and whether what does not hold now is looked through. */
export function RetrievalFilters({ filter, onChange }: RetrievalFiltersProps) {
  const { loaded } = useLoaded('retrieval-filters', async (signal) => {
    const facets = call<DocumentFacets>('GET', '/api/v1/documents/facets', { signal });
    const sources = call<SourceList>('GET', '/api/v1/knowledge/sources', { signal });
    return { facets: await facets, sources: (await sources).sources };
  });
  const facets = loaded.value?.facets;
  const nameOf = (collection: string): string =>
    loaded.value?.sources.find(({ id }) => collection === `source:${id}`)?.address ??
    translateValue('collection', collection);
  const choose = (name: 'collections' | 'languages' | 'audiences', value: string) => {
    const { [name]: _before, ...others } = filter;
    onChange(value === '' ? others : { ...others, [name]: [value] });
  };
  const choice = (
    name: 'collections' | 'languages' | 'audiences',
    label: 'collection' | 'language' | 'audience',
    show = (value: string) => value,
  ) => (
    <Field label={translate(`documents.${label}`)}>
      <select
        value={filter[name]?.[0] ?? ''}
        onChange={({ currentTarget: { value } }) => choose(name, value)}
      >
        <option value="">{translate('documents.all')}</option>
        {Object.keys(facets?.[name] ?? {})
          .filter((value) => value !== '')
          .map((value) => (
            <option key={value} value={value}>
              {show(value)}
            </option>
          ))}
      </select>
    </Field>
  );
  return (
    <>
      {choice('collections', 'collection', nameOf)}
      {choice('languages', 'language')}
      {choice('audiences', 'audience')}
      <label class="check">
        <input
          type="checkbox"
          checked={filter.expired ?? false}
          onChange={({ currentTarget: { checked } }) => onChange({ ...filter, expired: checked })}
        />
        {translate('retrieval.expired')}
      </label>
    </>
  );
}
