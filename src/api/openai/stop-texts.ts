/** Passes text on until one of the stop texts comes; holds back what may be the beginning of one. */
export class StopTexts {
  private readonly stops: readonly string[];
  private held = '';
  /** True when a stop text came: nothing follows. */
  stopped = false;

  constructor(stops: readonly string[]) {
    this.stops = stops.filter((stop) => stop !== '');
  }

  /** @returns what may be shown now */
  push(text: string): string {
    if (this.stopped) return '';
    this.held += text;
    const at = Math.min(...this.stops.map((stop) => this.held.indexOf(stop)).filter((place) => place >= 0));
    if (Number.isFinite(at)) {
      this.stopped = true;
      return this.release(at);
    }
    return this.release(this.held.length - this.beginningOfStop());
  }

  /** What was held back in vain. */
  flush(): string {
    return this.stopped ? '' : this.release(this.held.length);
  }

  private release(length: number): string {
    const shown = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return shown;
  }

  /** Characters at the end that a stop text begins with. */
  private beginningOfStop(): number {
    const lengths = this.stops.map((stop) => {
      for (let length = Math.min(stop.length - 1, this.held.length); length > 0; length -= 1)
        if (this.held.endsWith(stop.slice(0, length))) return length;
      return 0;
    });
    return Math.max(0, ...lengths);
  }
}
