import type { Messages } from '../../src/translate.ts';
import type { CreateWidgetApp } from '../widget-contracts.ts';
import { createEntry } from './commands.ts';
import { publish } from './publish.ts';
import { readSettings } from './read-settings.ts';
import { Widget } from './widget.ts';

/** The page's one global. Before this script ran it may be a stub that collects calls in `q`. */
interface Entry {
  (name: unknown, ...values: unknown[]): void;
  q?: ArrayLike<unknown>[];
  /** For the app's script. */
  start?: (createApp: CreateWidgetApp) => void;
  /** For the scripts that hold the words of a language. */
  say?: (locale: string, words: Messages) => void;
}

declare global {
  interface Window {
    Answerbox?: Entry;
    answerboxSettings?: unknown;
  }
}

const script = document.currentScript;
// Pasted twice, it is still one widget.
if (script instanceof HTMLScriptElement && !window.Answerbox?.start) {
  if (document.body) begin(script);
  else document.addEventListener('DOMContentLoaded', () => begin(script));
}

function begin({ src, dataset }: HTMLScriptElement): void {
  try {
    const called = window.Answerbox?.q ?? [];
    const server = new URL(src).origin;
    const widget = new Widget(server, readSettings(window.answerboxSettings, dataset));
    const entry: Entry = createEntry(widget.commands, (code, message) => {
      console.warn(`Answerbox: ${message}`);
      publish('error', { code, message });
    });
    entry.start = (createApp) => widget.start(createApp);
    entry.say = (locale, words) => widget.words.set(locale, words);
    window.Answerbox = entry;
    for (const [name, ...values] of called.map((call) => Array.from(call))) entry(name, ...values);
    publish('ready', { server });
  } catch (error) {
    // A page without a chat is better than a page with an error.
    console.warn('Answerbox could not start:', error);
  }
}
