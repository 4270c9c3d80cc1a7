import type { Messages } from '../src/translate.ts';

/** What the owner may set, in `window.answerboxSettings` or as `data-` attributes of the script. */
export interface WidgetSettings {
  /** The shop's colour, `#rrggbb`; corrected where it could not be read. */
  color?: string;
  /** Address of a picture beside the shop's name; from a source that the page's policy lets in. */
  logo?: string;
  /** First words of an empty conversation. */
  greeting?: string;
  /** Language of the widget; without it the page's, then the browser's. */
  locale?: string;
  /** Own words, over those of the locale; with "lang" and "dir" a language of your own. */
  messages?: Messages;
  /** `end` is the right-hand corner in languages that are written from the left. */
  position?: 'start' | 'end';
  /** Direction of writing; else that of the language. */
  dir?: 'ltr' | 'rtl';
  /** An element, or a selector of it, that the chat fills instead of standing in the corner. */
  container?: Element | string;
  /** Follows the visitor's system unless it says otherwise. */
  theme?: 'auto' | 'light' | 'dark';
  /** A token that your shop signed: who the customer is. */
  identity?: string;
}

/** What the page may call: `Answerbox('open')`. */
export interface WidgetCommands {
  open: [];
  close: [];
  toggle: [];
  hide: [];
  show: [];
  ask: [question: string];
  identify: [token: string];
  setLocale: [locale: string];
  shutdown: [];
  on: [event: WidgetEventName, listener: (detail: unknown) => void];
}

/** What the page may listen to, on the document as `answerbox:open` and so on. */
export interface WidgetEvents {
  ready: { server: string };
  open: Record<string, never>;
  close: Record<string, never>;
  /** `outcome` is that of the answer, or `staff`: a person wrote it, and `author` names them. */
  message: {
    conversation_id: string;
    message_id: string | null;
    outcome: string;
    text: string;
    author?: string | null;
  };
  unread: { count: number };
  handoff: { conversation_id: string };
  error: { code: string; message: string };
}
export type WidgetEventName = keyof WidgetEvents;

export type Publish = <Name extends WidgetEventName>(name: Name, detail: WidgetEvents[Name]) => void;

/** What the loader hands to the app. */
export interface WidgetHost {
  /** Origin of the server. */
  server: string;
  root: ShadowRoot;
  /** Where the app draws. */
  frame: HTMLElement;
  settings: WidgetSettings;
  /** It fills an element of the page: there is no launcher, and nothing to be closed. */
  inline: boolean;
  /** The words of the chosen language, as far as they are loaded. */
  words: () => Messages;
  publish: Publish;
  /** The panel was opened or closed. */
  showOpen: (open: boolean) => void;
  showUnread: (count: number) => void;
}

/** What the loader may ask of the app. */
export interface WidgetApp {
  open(): void;
  close(): void;
  ask(question: string): void;
  /** The locale or the customer was changed in the settings. */
  refresh(): void;
  /** Another customer may sit down now. */
  shutdown(): void;
}

export type CreateWidgetApp = (host: WidgetHost) => WidgetApp;
