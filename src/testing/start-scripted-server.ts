import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildServer, type ServerOptions } from '../api/build-server.ts';
import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import type { AnswerRequest } from '../answer/answer.ts';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { throwIfCancelled } from '../errors.ts';
import { openDesk } from '../composition/open-desk.ts';
import { openStaff } from '../composition/open-staff.ts';
import { createFaults } from '../faults/faults.ts';
import { createMetrics } from '../observability/metrics.ts';
import type { ConversationStore } from '../stores/contracts.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { exampleAnswer } from './example-answer.ts';
import { testConfig } from './start-test-server.ts';
import { createVolatileAllowances } from './volatile-stores.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ScriptedServer {
  url: string;
  adminKey: string;
  conversations: ConversationStore;
  metrics: App['metrics'];
  /** Questions that were answered or are, oldest first. */
  asked: AnswerRequest[];
  /** Lets so many further words of the answers go. */
  release(words: number): void;
}

export interface ScriptedServerOptions extends Pick<ServerOptions, 'socket'> {
  config?: Partial<Config>;
  /** What is answered, word by word: each waits to be released. */
  words: readonly string[];
}

/**
 * The real server on a real socket with the real store, and a question path whose words come when the test says
 * so; it stores what the real one stores. Every other part of the app is missing and fails.
 */
export async function startScriptedServer({
  words,
  config,
  socket,
}: ScriptedServerOptions): Promise<ScriptedServer> {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const conversations = createSqliteConversationStore(database);
  const metrics = createMetrics();
  const asked: AnswerRequest[] = [];
  const gate = createGate();

  async function* answer(request: AnswerRequest): AsyncGenerator<AnswerEvent, Answer> {
    const place = asked.push(request);
    const conversationId = request.conversationId ?? (await conversations.createConversation({}));
    const questionId = request.questionId ?? `question-${place}`;
    const messageId = `answer-${place}`;
    const said = { conversationId, answer: null };
    if (!(await conversations.findMessage(questionId)))
      await conversations.addMessage({ id: questionId, role: 'customer', text: request.message, ...said });
    let sequence = 0;
    const number = (): { sequence: number } => ({ sequence: ++sequence });
    yield { ...number(), type: 'answer-start', conversation_id: conversationId, message_id: messageId };
    for (const text of words) {
      await gate.pass(request.signal);
      yield { ...number(), type: 'text-delta', text };
    }
    const whole = exampleAnswer({
      conversation_id: conversationId,
      message_id: messageId,
      answer: words.join(''),
    });
    await conversations.addMessage({
      id: messageId,
      role: 'assistant',
      text: whole.answer,
      conversationId,
      answer: JSON.stringify(whole),
    });
    yield { ...number(), type: 'answer-end', answer: whole };
    return whole;
  }

  const settled = testConfig(folder, config);
  const staff = openStaff(database, undefined, { requireSecondFactor: settled.require_second_factor });
  const profile = () => ({ name: 'Test shop' });
  const desk = await openDesk({ database, folder, users: staff.users, profile, config: settled });
  const keys = createSqliteKeyStore(database);
  const adminKey = await keys.resetAdminKey();
  const app = {
    answer,
    staff,
    desk,
    conversations,
    metrics,
    faults: createFaults(),
    keys,
    config: settled,
    memory: { allowances: createVolatileAllowances() },
  };
  const server = await buildServer(app as unknown as App, {
    controlToken: 'control',
    webFolder: folder,
    ...(socket && { socket }),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await server.close();
    await desk.close();
    database.close();
  });
  return { url, adminKey, conversations, metrics, asked, release: (count) => gate.release(count) };
}

/** Lets those who wait pass, one for each release. */
function createGate() {
  let free = 0;
  const waiting: (() => void)[] = [];
  return {
    release: (count: number): void => {
      free += count;
      while (free > 0 && waiting.length > 0) {
        free -= 1;
        waiting.shift()!();
      }
    },
    pass: async (signal: AbortSignal): Promise<void> => {
      throwIfCancelled(signal);
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      throwIfCancelled(signal);
    },
  };
}
