/** Loads the rest of the widget. The script stands in the shadow root: the page gets no second element. */
export function loadScript(root: ShadowRoot, source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.async = true;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${source} could not be loaded`));
    });
    root.append(script);
  });
}

/** When the browser has nothing better to do, at the latest after this many milliseconds. */
const IDLE_LIMIT_MS = 10_000;
/** For browsers without idle callbacks (Safari). */
const LATER_MS = 3_000;

export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: IDLE_LIMIT_MS });
  else setTimeout(work, LATER_MS);
}
