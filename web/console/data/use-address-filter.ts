import { useLocation } from 'preact-iso';
import { addressOf } from '../api/request.ts';

export type AddressFilter<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/**
 * What a list is narrowed by, held in the page's address: a reload, the way back and a link that is passed on all
 * show the same. Changing it takes the place of the address; it is no step of its own on the way back.
 * @returns the filter, its change, and the part of an address to hang on links to other items of the list
 */
export function useAddressFilter<Name extends string>(
  names: readonly Name[],
): [filter: AddressFilter<Name>, change: (part: AddressFilter<Name>) => void, rest: string] {
  const { path, query, route } = useLocation();
  const filter: AddressFilter<Name> = Object.fromEntries(
    names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])),
  ) as AddressFilter<Name>;
  const change = (part: AddressFilter<Name>): void => route(addressOf(path, { ...filter, ...part }), true);
  return [filter, change, addressOf('', filter)];
}
