import { render } from 'preact';
import { setIdentity, setServer } from '../src/api/server-address.ts';
import { forgetStored, readStored, STORED } from '../src/stored-text.ts';
import { currentSubject, waitingConversation } from '../src/conversation/waiting-conversation.ts';
import { setMessages } from '../src/translate.ts';
import { WidgetPanel, type AskedQuestion } from './components/widget-panel.tsx';
import { changesCustomer, noteCustomer } from './identity/changes-customer.ts';
import { adoptWidgetStyles } from './styles/adopt-widget-styles.ts';
import type { CreateWidgetApp } from './widget-contracts.ts';

interface WidgetState {
  open: boolean;
  /**
   * The panel was open at least once, or a conversation goes on, so it is drawn; before that nothing is asked of the
   * server.
   */
  used: boolean;
  asked: AskedQuestion | null;
  unread: number;
  /** Counts the customers on this page: each gets a panel of their own. */
  customer: number;
}

const inTab = () => readStored(STORED.conversation.storage, STORED.conversation.key) !== '';

/** The panel. Its state lies here, outside the components, because the page's calls change it too. */
export const createWidgetApp: CreateWidgetApp = (host) => {
  setServer(host.server);
  adoptWidgetStyles(host);
  const place = document.createElement('div');
  host.frame.append(place);
  const state: WidgetState = { open: host.inline, used: false, asked: null, unread: 0, customer: 0 };

  const draw = () => {
    if (!state.used) return;
    const { open, asked, customer } = state;
    const panel = (
      <WidgetPanel key={customer} {...{ host, open, asked }} onClose={close} onUnread={setUnread} />
    );
    render(panel, place);
  };
  const setUnread = (unread: number) => {
    if (unread === state.unread) return;
    state.unread = unread;
    host.showUnread(unread);
  };
  const open = () => {
    if (state.open) return;
    Object.assign(state, { open: true, used: true });
    host.showOpen(true);
    draw();
  };
  const close = () => {
    if (!state.open || host.inline) return;
    state.open = false;
    draw();
    host.showOpen(false);
  };
  const shutdown = () => {
    close();
    // First the components go, which stops what is being written; then there is nothing left that could store.
    render(null, place);
    forgetStored();
    setIdentity(null);
    setUnread(0);
    Object.assign(state, { used: host.inline, asked: null, customer: state.customer + 1 });
    draw();
  };
  const refresh = () => {
    setMessages({ ...host.words(), ...host.settings.messages });
    const { identity } = host.settings;
    if (identity && changesCustomer(identity)) shutdown();
    if (identity) noteCustomer(identity);
    const before = currentSubject();
    setIdentity(identity ?? null);
    if (currentSubject() !== before) goOnWaiting();
    draw();
  };
  /** Named only now: what this customer left in another tab is gone on with, unless this one has begun anew. */
  const goOnWaiting = () => {
    if (inTab() || waitingConversation() === '') return;
    state.used = true;
    state.customer += 1;
  };
  const ask = (text: string) => {
    open();
    state.asked = { text, number: (state.asked?.number ?? 0) + 1 };
    draw();
  };
  setIdentity(host.settings.identity ?? null);
  // Messages of staff are counted on the launcher after a reload too.
  state.used = host.inline || inTab() || waitingConversation() !== '';
  refresh();
  return { open, close, ask, refresh, shutdown };
};
