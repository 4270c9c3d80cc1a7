import { expect, it } from 'vitest';
import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import { exampleAnswer } from '../testing/example-answer.ts';
import { createLiveTurns } from './live-turns.ts';

async function* events(): AsyncGenerator<AnswerEvent, Answer> {
  yield { sequence: 1, type: 'answer-start', conversation_id: 'c1', message_id: 'm1' };
  yield { sequence: 2, type: 'stage-end', stage: 'retrieve', milliseconds: 5 };
  yield { sequence: 3, type: 'text-delta', text: 'Sixty' };
  return exampleAnswer();
}

it('tells what is being answered while it is, and nothing afterwards', async () => {
  const turns = createLiveTurns(() => 1_000);
  const seen: string[] = [];
  const watched = turns.watch('How long?', events());
  for (let step = await watched.next(); !step.done; step = await watched.next())
    seen.push(`${turns.list()[0]?.conversationId} ${turns.list()[0]?.doing}`);
  expect(seen).toEqual(['c1 waiting', 'c1 retrieve', 'c1 writing']);
  expect(turns.list()).toEqual([]);
});

it('forgets a turn whose asker left', async () => {
  const turns = createLiveTurns(() => 1_000);
  const watched = turns.watch('How long?', events());
  await watched.next();
  expect(turns.list()).toMatchObject([{ question: 'How long?', since: 1_000 }]);
  await watched.return(undefined as never);
  expect(turns.list()).toEqual([]);
});
