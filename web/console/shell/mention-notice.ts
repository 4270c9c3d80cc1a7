import { useLocation } from 'preact-iso';
import { tellWithLink } from '../components/toasts.tsx';
import { threadAddress, ticketAddress } from '../data/addresses.ts';
import { isNotice, useDeskEvents, type LiveEvent } from '../data/desk-events.ts';
import { ownId } from '../session/session.ts';
import { translate } from '../translate.ts';

/** Who names `self` in a note, and where it stands; null for all other events. */
export function mentionOf(event: LiveEvent, self: string): { name: string; address: string } | null {
  if (isNotice(event) || event.type !== 'note-add' || event.actor.id === self) return null;
  const { note } = event.data as { note?: { mentions?: unknown } };
  const mentions = note?.mentions;
  if (!Array.isArray(mentions) || !mentions.includes(self)) return null;
  const { name } = event.actor;
  if (event.thread_id !== null) return { name, address: threadAddress(event.thread_id) };
  return event.ticket === null ? null : { name, address: ticketAddress(event.ticket) };
}

/** Tells whoever is named in a note, wherever in the console they are. */
export function MentionNotice() {
  const { route } = useLocation();
  useDeskEvents((event) => {
    const mention = mentionOf(event, ownId());
    if (!mention) return;
    const { name, address } = mention;
    tellWithLink(translate('mention.told', { name }), translate('mention.open'), () => route(address));
  });
  return null;
}
