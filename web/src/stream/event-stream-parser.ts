export interface ServerEvent {
  type: string;
  data: string;
}

/**
 * Reads server-sent events from text that arrives in arbitrary pieces. Comment lines (heartbeats),
 * ids and unknown fields are passed over; an event without data is none, as the standard has it.
 */
export class EventStreamParser {
  private rest = '';
  private type = '';
  private data: string[] = [];

  feed(text: string): ServerEvent[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.takeLine(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  private takeLine(line: string): ServerEvent[] {
    if (line === '') return this.takeEvent();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.type = value;
    if (field === 'data') this.data.push(value);
    return [];
  }

  private takeEvent(): ServerEvent[] {
    const event = { type: this.type || 'message', data: this.data.join('\n') };
    const complete = this.data.length > 0;
    this.type = '';
    this.data = [];
    return complete ? [event] : [];
  }
}
