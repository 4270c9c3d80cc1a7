import type { AnswerEvent } from '../../answer/answer-types.ts';
import type { AnswerRequest } from '../../answer/answer.ts';
import type { App } from '../../app.ts';
import { hasCode } from '../../errors.ts';
import { AnswerLog } from './answer-log.ts';
import type { SocketSettings } from './socket-settings.ts';
import { findToldAnswer } from './told-answer.ts';

export type WantedAnswer = Omit<AnswerRequest, 'signal' | 'questionId'>;

/** All answers that a connection may go on with, by the id that the client gave to its question. */
export interface AnswerLogs {
  /** The log of this question, begun if there is no answer, whole or running, in memory or in the store. */
  open(id: string, wanted: WantedAnswer): Promise<AnswerLog>;
  /** Null when nobody asked under this id, or the answer is forgotten. */
  find(id: string): Promise<AnswerLog | null>;
  cancel(id: string): boolean;
  close(): void;
}

export interface AnswerLogsOptions {
  settings: SocketSettings;
  /** @param asked what was to be answered: the log must not quote it */
  explain: (error: unknown, sequence: number, asked: WantedAnswer | null) => AnswerEvent | null;
}

export function createAnswerLogs(
  app: Pick<App, 'answer' | 'conversations'>,
  { settings, explain }: AnswerLogsOptions,
): AnswerLogs {
  const logs = new Map<string, AnswerLog>();
  /** Ids that are looked up in the store just now: a second message under one must wait for the first. */
  const opening = new Map<string, Promise<AnswerLog>>();
  const timers = new Set<NodeJS.Timeout>();

  const forget = (id: string, log: AnswerLog): void => {
    if (logs.get(id) === log) logs.delete(id);
  };
  const keepFor = (id: string, log: AnswerLog): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      forget(id, log);
    }, settings.keptMs);
    timer.unref();
    timers.add(timer);
    const over = [...logs].filter(([, one]) => one.over);
    for (const [old, one] of over.slice(0, Math.max(0, over.length - settings.keptAnswers))) forget(old, one);
  };

  const begin = (
    id: string,
    start: ConstructorParameters<typeof AnswerLog>[0],
    asked: WantedAnswer | null,
  ): AnswerLog => {
    const log: AnswerLog = new AnswerLog(start, {
      unheardMs: settings.unheardMs,
      explain: (error, sequence) => explain(error, sequence, asked),
      onEnd: () => keepFor(id, log),
    });
    logs.set(id, log);
    return log;
  };

  const openNew = async (id: string, wanted: WantedAnswer): Promise<AnswerLog> => {
    const asked = await app.conversations.findMessage(id);
    const answer = (question: WantedAnswer): AnswerLog =>
      begin(id, (signal) => app.answer({ ...question, questionId: id, signal }), question);
    if (!asked) return answer(wanted);
    const told = await findToldAnswer(app.conversations, id).catch((error: unknown) => {
      if (hasCode(error, 'answer_interrupted')) return null;
      throw error;
    });
    // Stored, and broken off before its answer was: the same question is answered now, and stored once.
    return told ? begin(id, told, null) : answer({ ...wanted, conversationId: asked.conversationId });
  };

  return {
    open: async (id, wanted) => {
      const held = logs.get(id);
      const known = held?.failed ? undefined : (held ?? opening.get(id));
      if (known) return known;
      const opened = openNew(id, wanted).finally(() => opening.delete(id));
      opening.set(id, opened);
      return opened;
    },
    find: async (id) => {
      const known = logs.get(id) ?? opening.get(id);
      if (known) return known;
      const told = await findToldAnswer(app.conversations, id);
      // Looked up meanwhile by somebody else, it is there now.
      return logs.get(id) ?? (told ? begin(id, told, null) : null);
    },
    cancel: (id) => {
      const log = logs.get(id);
      log?.cancel();
      return log !== undefined;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      for (const log of logs.values()) log.cancel();
      logs.clear();
    },
  };
}
