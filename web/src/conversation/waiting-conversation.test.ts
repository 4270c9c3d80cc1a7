import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setIdentity } from '../api/server-address.ts';
import { forgetStored } from '../stored-text.ts';
import { keepWaiting, waitingConversation } from './waiting-conversation.ts';

const signIn = (sub: string) =>
  setIdentity(`x.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.signature`);

beforeEach(() => {
  for (const name of ['localStorage', 'sessionStorage']) {
    const kept = new Map<string, string>();
    vi.stubGlobal(name, {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => kept.set(key, text),
      removeItem: (key: string) => kept.delete(key),
    });
  }
});
afterEach(() => {
  setIdentity(null);
  vi.unstubAllGlobals();
});

it('keeps a conversation beyond its tab while people are to answer in it', () => {
  expect(waitingConversation()).toBe('');
  keepWaiting('a', { state: 'assistant', ticket: null });
  expect(waitingConversation()).toBe('');
  keepWaiting('a', { state: 'waiting', ticket: 1 });
  // The tab is closed.
  vi.stubGlobal('sessionStorage', undefined);
  expect(waitingConversation()).toBe('a');
  keepWaiting('a', { state: 'person', ticket: 1 });
  expect(waitingConversation()).toBe('a');
  // Another tab's, which is over, is not this one.
  keepWaiting('b', { state: 'closed', ticket: 2 });
  expect(waitingConversation()).toBe('a');
  keepWaiting('a', { state: 'closed', ticket: 1 });
  expect(waitingConversation()).toBe('');
});

it('shows nobody the conversation of another customer', () => {
  signIn('kim');
  keepWaiting('a', { state: 'waiting', ticket: 1 });
  expect(waitingConversation()).toBe('a');
  setIdentity(null);
  expect(waitingConversation()).toBe('');
  signIn('kim');
  expect(waitingConversation()).toBe('a');
  signIn('lee');
  expect(waitingConversation()).toBe('');
  // Forgotten, not only hidden.
  signIn('kim');
  expect(waitingConversation()).toBe('');
});

it('is forgotten with everything else at a shutdown', () => {
  keepWaiting('a', { state: 'waiting', ticket: 1 });
  forgetStored();
  expect(waitingConversation()).toBe('');
});
