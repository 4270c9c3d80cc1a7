import { forgetStored } from '../../src/stored-text.ts';
import type { Messages } from '../../src/translate.ts';
import { chooseLocale, localeWishes } from '../choose-locale.ts';
import type { CreateWidgetApp, WidgetApp, WidgetEventName, WidgetSettings } from '../widget-contracts.ts';
import { needText, type CommandTable } from './commands.ts';
import { createLauncher, type LauncherState } from './launcher.ts';
import { launcherTexts } from './launcher-texts.ts';
import { loadScript, whenIdle } from './load-app.ts';
import { publish } from './publish.ts';
import { createFrame } from './widget-frame.ts';

/** The launcher, and what the page may call before and after the app is there. */
export class Widget {
  private readonly server: string;
  private readonly settings: WidgetSettings;
  private readonly frame;
  private readonly launcher;
  private readonly state: LauncherState;
  private readonly inline: boolean;
  /** By locale; English is in the app. */
  readonly words = new Map<string, Messages>();
  private loading = false;
  private createApp: CreateWidgetApp | null = null;
  private app: WidgetApp | null = null;
  /** What is to be done as soon as the app is there. */
  private waiting: ((app: WidgetApp) => void)[] = [];

  constructor(server: string, settings: WidgetSettings) {
    this.server = server;
    this.settings = settings;
    this.frame = createFrame(settings);
    this.state = { texts: launcherTexts(settings), open: false, unread: 0, failed: false };
    this.launcher = createLauncher(() => this.commands.toggle());
    const container = findContainer(settings.container);
    this.inline = container !== null;
    this.frame.element.toggleAttribute('inline', this.inline);
    if (!container) this.frame.box.append(this.launcher.button);
    this.show();
    (container ?? document.body).append(this.frame.element);
    if (container) this.load();
    else whenIdle(() => this.load());
  }

  readonly commands: CommandTable = {
    open: () => this.withApp((app) => app.open()),
    close: () => this.ifApp((app) => app.close()),
    toggle: () => this.withApp((app) => (this.state.open ? app.close() : app.open())),
    hide: () => this.setHidden(true),
    show: () => this.setHidden(false),
    ask: (question) => {
      const text = needText(question, 'The question');
      this.withApp((app) => app.ask(text));
    },
    identify: (token) => {
      this.settings.identity = needText(token, 'The identity token');
      this.ifApp((app) => app.refresh());
    },
    setLocale: (locale) => {
      this.settings.locale = needText(locale, 'The locale');
      this.show();
      if (this.app || this.loading) void this.loadWords().then(() => this.ifApp((app) => app.refresh()));
    },
    shutdown: () => this.shutdown(),
    on: (event: WidgetEventName, listener) => {
      if (typeof listener !== 'function') throw new TypeError('The listener must be a function');
      document.addEventListener(`answerbox:${event}`, ({ detail }: CustomEventInit) => listener(detail));
    },
  };

  /** Called by the app's script once it runs. */
  start(createApp: CreateWidgetApp): void {
    this.createApp = createApp;
  }

  /** As soon as its script and the words of the language are there. */
  private begin(): void {
    if (this.app || !this.createApp) return;
    const { root, box } = this.frame;
    this.app = this.createApp({
      server: this.server,
      root,
      frame: box,
      settings: this.settings,
      inline: this.inline,
      words: () => this.words.get(this.locale()) ?? {},
      publish,
      showOpen: (open) => {
        this.state.open = open;
        this.show();
        if (!open && !this.inline) this.launcher.button.focus({ preventScroll: true });
        publish(open ? 'open' : 'close', {});
      },
      showUnread: (unread) => {
        this.state.unread = unread;
        this.show();
        publish('unread', { count: unread });
      },
    });
    for (const work of this.waiting.splice(0)) work(this.app);
  }

  private show(): void {
    this.state.texts = launcherTexts(this.settings);
    this.frame.box.lang = this.state.texts.lang;
    this.frame.box.dir = this.state.texts.dir;
    this.launcher.update(this.state);
  }

  private ifApp(work: (app: WidgetApp) => void): void {
    if (this.app) work(this.app);
    else if (this.waiting.length > 0) this.waiting.push(work);
  }

  private withApp(work: (app: WidgetApp) => void): void {
    if (this.app) return work(this.app);
    this.waiting.push(work);
    this.load();
  }

  private load(): void {
    if (this.app || this.loading) return;
    this.loading = true;
    Promise.all([loadScript(this.frame.root, `${this.server}/widget-app.js`), this.loadWords()])
      .then(() => {
        this.state.failed = false;
        this.begin();
      })
      .catch((error: unknown) => {
        // Only a visitor who wanted the chat is told.
        this.state.failed = this.waiting.length > 0;
        publish('error', { code: 'load_failed', message: String(error) });
      })
      .finally(() => {
        this.loading = false;
        this.show();
      });
  }

  private locale(): string {
    return chooseLocale(localeWishes(this.settings.locale));
  }

  /** Without its words a language is spoken in English. */
  private async loadWords(): Promise<void> {
    const locale = this.locale();
    if (locale === 'en' || this.words.has(locale)) return;
    await loadScript(this.frame.root, `${this.server}/widget-${locale}.js`).catch((error: unknown) =>
      publish('error', { code: 'load_failed', message: String(error) }),
    );
  }

  private setHidden(hidden: boolean): void {
    if (hidden) this.ifApp((app) => app.close());
    this.frame.element.hidden = hidden;
  }

  private shutdown(): void {
    this.waiting = [];
    delete this.settings.identity;
    this.app?.shutdown();
    forgetStored();
    this.state.unread = 0;
    this.state.failed = false;
    this.show();
  }
}

/** Null when there is none: the chat stands in the corner then. */
function findContainer(container: WidgetSettings['container']): Element | null {
  const wanted = typeof container === 'string' ? document.querySelector(container) : container;
  const found = wanted instanceof Element ? wanted : null;
  if (container && !found)
    publish('error', { code: 'container_missing', message: 'The container is not there' });
  return found;
}
