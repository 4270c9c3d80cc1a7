import type { Page } from 'playwright-core';

/** What the page showed and said, seen from outside. */
export interface Recording {
  /** Each answer event in the order in which the page took it. */
  events: { sequence: number; type: string; stage?: string }[];
  /** How many events had been taken when the first text of an answer stood on the page; 0: none yet. */
  eventsAtFirstText: number;
  /** Each text that a live region came to hold, so what a screen reader speaks. */
  announcements: string[];
}

/** Starts to record with the page's first script; read it with {@link readRecording}. */
export async function recordPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recording: Recording = { events: [], eventsAtFirstText: 0, announcements: [] };
    Object.assign(window, { recording });
    document.addEventListener('answerbox:event', (event) => {
      recording.events.push((event as CustomEvent<Recording['events'][number]>).detail);
    });
    const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]';
    const observer = new MutationObserver((mutations) => {
      if (recording.eventsAtFirstText === 0 && document.querySelector('.answer-text')?.textContent) {
        recording.eventsAtFirstText = recording.events.length;
      }
      const regions = mutations.map(
        ({ target }) => (target as Element).closest?.(live) ?? target.parentElement?.closest(live),
      );
      for (const region of new Set(regions)) {
        const text = region?.textContent?.trim();
        if (text) recording.announcements.push(text);
      }
    });
    observer.observe(document, { childList: true, characterData: true, subtree: true });
  });
}

export async function readRecording(page: Page): Promise<Recording> {
  return page.evaluate(() => (window as unknown as { recording: Recording }).recording);
}
