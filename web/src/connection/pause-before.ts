const PAUSE = { firstMs: 300, longestMs: 8_000 } as const;

/** Milliseconds before try number `tried + 1`: longer each time, and never the same for all who lost the server. */
export function pauseBefore(tried: number): number {
  const longest = Math.min(PAUSE.longestMs, PAUSE.firstMs * 2 ** (tried - 1));
  return longest * (0.5 + Math.random() / 2);
}

/** Waits so long, or until the browser says that it is online or that somebody looks again. */
export function untilOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      controller.abort();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    const options = { signal: controller.signal };
    signal.addEventListener('abort', end, options);
    window.addEventListener('online', end, options);
    window.addEventListener('pageshow', end, options);
    document.addEventListener('visibilitychange', () => !document.hidden && end(), options);
  });
}
