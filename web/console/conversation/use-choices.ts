import { useEffect, useState } from 'preact/hooks';
import type { DocumentList } from '../api/knowledge-types.ts';
import { listLibrary, type DraftKind } from '../api/desk-api.ts';
import { call } from '../api/request.ts';
import { tellFailure } from '../components/toasts.tsx';
import { documentAddress } from '../data/knowledge-addresses.ts';
import { staff } from '../data/staff.ts';
import { may } from '../session/session.ts';
import type { Trigger } from './find-trigger.ts';

export interface Choice {
  id: string;
  name: string;
  detail?: string;
  /** What is put into the text; null: the server fills its placeholders first. */
  text: string | null;
}

/** Choices shown at once; typing on narrows them. */
const MOST = 8;
/** Milliseconds after the last key at which articles are looked for. */
const SEARCH_AFTER_MS = 150;

/** Saved replies after `/`, articles after `??`, colleagues after `@`; null while they are on their way. */
export function useChoices({ sign, query }: Trigger, kind: DraftKind): readonly Choice[] | null {
  const [replies, setReplies] = useState<readonly Choice[] | null>(null);
  const articles = useArticles(sign === '??' ? query : null, kind);
  useEffect(() => {
    if (sign !== '/') return;
    listLibrary('saved-replies')
      .then((items) =>
        setReplies(items.map(({ id, name, text = '' }) => ({ id, name, detail: text, text: null }))),
      )
      .catch(tellFailure);
  }, [sign]);
  if (sign === '??') return articles;
  const all = sign === '@' ? staff.value.map(({ id, name }) => ({ id, name, text: `@${name} ` })) : replies;
  const wanted = query.toLowerCase();
  return all?.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST) ?? null;
}

/** By title, each as a link. A customer gets what customers may read; a note may name any document. */
function useArticles(words: string | null, kind: DraftKind): readonly Choice[] | null {
  const [found, setFound] = useState<readonly Choice[] | null>(null);
  useEffect(() => {
    if (words === null || !may('knowledge.read')) return setFound([]);
    const leaving = new AbortController();
    const search = async () => {
      const query = { words, limit: MOST, ...(kind === 'reply' && { audience: 'public', state: 'valid' }) };
      const { documents } = await call<DocumentList>('GET', '/api/v1/documents', {
        query,
        signal: leaving.signal,
      });
      setFound(
        documents.map(({ id, title, url, source }) => ({
          id,
          name: title,
          detail: url ?? source,
          text: `${title}: ${kind === 'reply' ? publicAddress(id, url) : location.origin + documentAddress(id)} `,
        })),
      );
    };
    const timer = setTimeout(() => {
      search().catch((error: unknown) => {
        if (!leaving.signal.aborted) tellFailure(error);
      });
    }, SEARCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [words, kind]);
  return found;
}

/** Its own page where it has one, else the page that citations open. */
const publicAddress = (id: string, url: string | null): string =>
  url !== null && /^https?:\/\//.test(url) ? url : `${location.origin}/sources/${encodeURIComponent(id)}`;
