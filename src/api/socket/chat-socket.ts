import type { WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { logFailure } from '../../observability/log-options.ts';
import type { Metrics } from '../../observability/metrics.ts';
import { asKnown, wireError } from '../plugins/error-exit.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import type { Streamed } from '../../desk/event-hub.ts';
import { wireCustomerEvent } from '../wire-desk.ts';
import { readQuestion } from '../read-question.ts';
import type { AnswerLog } from './answer-log.ts';
import type { AnswerLogs } from './answer-logs.ts';
import { readSocketMessage, type SocketMessage, type SocketQuestion } from './socket-messages.ts';
import type { SocketSettings } from './socket-settings.ts';

/** Codes with which a line is closed. https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const CLOSE = { policy: 1008 } as const;

export interface ChatSocketParts {
  app: Pick<App, 'conversations' | 'identify' | 'desk'>;
  staff: StaffCheck;
  gate: CustomerGate;
  logs: AnswerLogs;
  settings: SocketSettings;
  metrics: Pick<Metrics, 'socketEvents'>;
}

/** One line to one client. It holds no answer: whatever happens to it, the logs go on. */
export class ChatSocket {
  private readonly socket: WebSocket;
  private readonly request: FastifyRequest;
  private readonly parts: ChatSocketParts;
  /** What ends listening, by question. */
  private readonly open = new Map<string, () => void>();
  /** What ends following, by conversation. */
  private readonly following = new Map<string, () => void>();
  private readonly ping: NodeJS.Timeout;
  /** Messages are worked on one after the other, in the order they came. */
  private work: Promise<void> = Promise.resolve();
  private waiting = 0;
  private alive = true;
  private bad = 0;

  constructor(socket: WebSocket, request: FastifyRequest, parts: ChatSocketParts) {
    this.socket = socket;
    this.request = request;
    this.parts = parts;
    socket.on('message', (data, isBinary) => {
      const text = isBinary ? '' : (data as Buffer).toString();
      this.waiting += 1;
      if (this.waiting > parts.settings.waitingMessages) return this.cut(CLOSE.policy, 'too many messages');
      this.work = this.work.then(() => this.receive(text));
    });
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('close', () => this.leave());
    this.ping = setInterval(() => this.checkAlive(), parts.settings.pingMs);
  }

  private async receive(text: string): Promise<void> {
    let id: string | undefined;
    let message: SocketMessage | undefined;
    try {
      message = readSocketMessage(text);
      id = message.id;
      await this.follow(message);
    } catch (error) {
      const known = asKnown(error);
      if (known.status >= 500) logFailure(this.request, error, known.code, message ?? text);
      this.send({ type: 'error', ...(id !== undefined && { id }), ...wireError(known, this.request.id) });
      if (known.code === 'request_invalid') this.bad += 1;
      if (this.bad >= this.parts.settings.badMessages) this.cut(CLOSE.policy, 'too many bad messages');
    } finally {
      this.waiting -= 1;
    }
  }

  private async follow(message: SocketMessage): Promise<void> {
    const { id } = message;
    const { logs, metrics } = this.parts;
    metrics.socketEvents.inc({ event: message.type });
    if (message.type === 'cancel') {
      const following = this.following.get(id);
      if (following) return following();
      if (!logs.cancel(id)) throw new AnswerboxError('answer_not_found', { id });
      return;
    }
    // This line hears the answer already: sent again, its events would come twice.
    if (this.open.has(id) || this.following.has(id)) return;
    if (message.type === 'follow') return this.followConversation(id, message.after);
    if (this.open.size >= this.parts.settings.openQuestions)
      throw new AnswerboxError('conversation_busy', { waiting: this.open.size });
    const log = message.type === 'question' ? await this.ask(message) : await logs.find(id);
    if (!log) throw new AnswerboxError('answer_not_found', { id });
    this.listen(id, log, message.after ?? 0);
  }

  private async ask(question: SocketQuestion): Promise<AnswerLog> {
    const { app, staff, gate, logs } = this.parts;
    staff.countAgain(this.request);
    return logs.open(question.id, await readQuestion(question, { app, staff, gate, request: this.request }));
  }

  private listen(id: string, log: AnswerLog, after: number): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    let over = false;
    const stop = log.listen(after, {
      event: (event) => this.send({ ...event, id }),
      end: () => {
        over = true;
        this.open.delete(id);
      },
    });
    if (!over) this.open.set(id, stop);
  }

  /** What happens in a conversation from a number on, until the line is closed. @throws conversation_not_found */
  private async followConversation(id: string, after: number): Promise<void> {
    if (this.following.size >= this.parts.settings.openQuestions)
      throw new AnswerboxError('conversation_busy', { waiting: this.following.size });
    const { hub, tools } = this.parts.app.desk;
    const thread = await tools.store.threadOf(id);
    if (!thread) throw new AnswerboxError('conversation_not_found', { id });
    if (this.socket.readyState !== this.socket.OPEN) return;
    const leaving = new AbortController();
    const stop = (): void => {
      this.following.delete(id);
      leaving.abort();
    };
    this.following.set(id, stop);
    const { signal } = leaving;
    const events = hub.stream({ threadId: thread.id, after, audience: 'customer', signal });
    void this.tell(id, events).finally(stop);
  }

  private async tell(id: string, events: AsyncGenerator<Streamed>): Promise<void> {
    try {
      for await (const streamed of events) {
        if ('stored' in streamed) this.send({ ...wireCustomerEvent(streamed.stored), id });
        else if ('notice' in streamed) this.send({ type: streamed.notice.type, ...streamed.notice.data, id });
      }
    } catch (error) {
      logFailure(this.request, error, 'a conversation could not be followed');
      this.drop('slow');
    }
  }

  private send(message: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify(message));
    if (this.socket.bufferedAmount > this.parts.settings.waitingBytes) this.drop('slow');
  }

  /** A line that is broken without anybody having said so shows only by its silence. */
  private checkAlive(): void {
    if (!this.alive) return this.drop('silent');
    this.alive = false;
    this.socket.ping();
  }

  private cut(code: number, reason: string): void {
    this.parts.metrics.socketEvents.inc({ event: 'cut' });
    this.leave();
    this.socket.close(code, reason);
  }

  /** Without a goodbye: it would wait behind what is not read. */
  private drop(event: 'slow' | 'silent'): void {
    this.parts.metrics.socketEvents.inc({ event });
    this.leave();
    this.socket.terminate();
  }

  private leave(): void {
    clearInterval(this.ping);
    for (const stop of this.open.values()) stop();
    this.open.clear();
    for (const stop of [...this.following.values()]) stop();
  }
}
