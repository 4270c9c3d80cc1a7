import { describe, expect, it } from 'vitest';
import { traceStoreSuite } from '../suites/trace-store.suite.ts';
import { createSqliteConversationStore } from './conversation-store.ts';
import { openDatabase, type SqliteDatabase } from './open-database.ts';
import { createSqliteTraceStore } from './trace-store.ts';

traceStoreSuite('SQLite', async ({ now }) => {
  const database = openDatabase(':memory:');
  return {
    traces: createSqliteTraceStore(database, { now }),
    conversations: createSqliteConversationStore(database),
    removeMessage: async (id) => void database.prepare('DELETE FROM messages WHERE id = ?').run(id),
    close: () => void database.close(),
  };
});

async function withMessages(count: number): Promise<SqliteDatabase> {
  const database = openDatabase(':memory:');
  const conversations = createSqliteConversationStore(database);
  const conversationId = await conversations.createConversation({});
  for (let index = 0; index < count; index++) {
    const message = { id: `m${index}`, conversationId, role: 'assistant' as const, text: '', answer: null };
    await conversations.addMessage(message);
  }
  return database;
}

describe('the limits on traces', () => {
  it('hold while traces come, without anybody asking', async () => {
    const database = await withMessages(450);
    const limits = { days: 30, bytes: 2_000 };
    const traces = createSqliteTraceStore(database, { limits });
    for (let index = 0; index < 450; index++) {
      traces.put(`m${index}`, JSON.stringify({ index, text: 'x'.repeat(100) }));
      if (index % 50 === 49) await traces.flush();
    }
    const { traces: kept, bytes } = await traces.counts();
    // The last 50 came after the limits were last looked at.
    expect(kept).toBeLessThan(200);
    expect(bytes).toBeLessThan(limits.bytes + 50 * 60);
    expect(await traces.get('m449')).not.toBeNull();
    expect(await traces.get('m0')).toBeNull();
    database.close();
  });

  it('leave the age to retention while traces come: a clock that jumped removes none', async () => {
    const database = await withMessages(450);
    let at = Date.parse('2026-01-01T00:00:00Z');
    const limits = { days: 30, bytes: 10_000_000 };
    const traces = createSqliteTraceStore(database, { limits, now: () => at });
    for (let index = 0; index < 450; index++) {
      if (index === 100) at += 365 * 86_400_000;
      traces.put(`m${index}`, JSON.stringify({ index }));
      if (index % 50 === 49) await traces.flush();
    }
    expect((await traces.counts()).traces).toBe(450);
    database.close();
  });

  it('of no days keep nothing at all', async () => {
    const database = await withMessages(1);
    const traces = createSqliteTraceStore(database, { limits: { days: 0, bytes: 1_000 } });
    traces.put('m0', '{}');
    await traces.flush();
    expect(await traces.counts()).toEqual({ traces: 0, bytes: 0 });
    database.close();
  });

  it('tells of a trace that could not be written and fails nobody', async () => {
    const database = await withMessages(1);
    database.exec('DROP TABLE traces');
    const failures: unknown[] = [];
    const traces = createSqliteTraceStore(database, { onFailure: (error) => failures.push(error) });
    traces.put('m0', '{}');
    await traces.flush();
    expect(failures).toMatchObject([{ code: 'storage_failed' }]);
    database.close();
  });
});
