import { STORED, writeStored } from '../stored-text.ts';

/** What an id looks like; anything else in an address is not one of ours. */
const ID = /^[\w-]{1,64}$/;
const NAME = 'conversation';

/**
 * The conversation that a mail's link leads to, and the address without it. The link holds it in the fragment, which
 * no browser sends to a server or on to another site; mails of older versions hold it in the query.
 */
export function linkedConversation(address: string): { id: string | null; rest: string } {
  const url = new URL(address);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const given = fragment.get(NAME) ?? url.searchParams.get(NAME);
  if (given === null) return { id: null, rest: address };
  if (fragment.has(NAME)) {
    fragment.delete(NAME);
    url.hash = fragment.toString();
  }
  url.searchParams.delete(NAME);
  return { id: ID.test(given) ? given : null, rest: url.href };
}

/** Before the page is shown: the linked conversation becomes this tab's, and its key leaves the address. */
export function takeLinkedConversation(): boolean {
  const { id, rest } = linkedConversation(location.href);
  if (rest !== location.href) history.replaceState(history.state, '', rest);
  if (id !== null) writeStored(STORED.conversation.storage, STORED.conversation.key, id);
  return id !== null;
}
