import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './event-stream-parser.ts';

const stream =
  ':\n\nevent: answer-start\ndata: {"a":1}\n\n: beat\n\nevent: text-delta\ndata: one\ndata: two\n\n';
const events = [
  { type: 'answer-start', data: '{"a":1}' },
  { type: 'text-delta', data: 'one\ntwo' },
];

describe('EventStreamParser', () => {
  it('reads events and passes over heartbeats', () => {
    expect(new EventStreamParser().feed(stream)).toEqual(events);
  });

  it('gives the same events however the text is cut', () => {
    for (let cut = 1; cut < stream.length; cut += 1) {
      const parser = new EventStreamParser();
      expect([...parser.feed(stream.slice(0, cut)), ...parser.feed(stream.slice(cut))]).toEqual(events);
    }
  });

  it('reads CRLF line ends, also when cut between the two', () => {
    const parser = new EventStreamParser();
    expect(parser.feed('event: x\r')).toEqual([]);
    expect(parser.feed('\ndata:1\r\n\r\n')).toEqual([{ type: 'x', data: '1' }]);
  });

  it('holds back an event that has not ended', () => {
    const parser = new EventStreamParser();
    expect(parser.feed('data: half')).toEqual([]);
    expect(parser.feed(' and half\n\n')).toEqual([{ type: 'message', data: 'half and half' }]);
  });

  it('drops an event without data and forgets its type', () => {
    const parser = new EventStreamParser();
    expect(parser.feed('event: lone\n\ndata: 1\n\n')).toEqual([{ type: 'message', data: '1' }]);
  });
});
