import type { Answer, AnswerEvent } from '../answer/answer-types.ts';

/** A question that is being answered now. */
export interface LiveTurn {
  conversationId: string | null;
  question: string;
  /** What is under way; the stage that ended last, until text comes. */
  doing: 'waiting' | 'writing' | Extract<AnswerEvent, { type: 'stage-end' }>['stage'];
  /** Milliseconds since 1970. */
  since: number;
}

export interface LiveTurns {
  watch(question: string, events: AsyncGenerator<AnswerEvent, Answer>): AsyncGenerator<AnswerEvent, Answer>;
  /** The oldest first. */
  list(): LiveTurn[];
}

/** Keeps in memory what the assistant is doing, from the events that come by; changes nothing of them. */
export function createLiveTurns(now: () => number = Date.now): LiveTurns {
  const turns = new Set<LiveTurn>();
  return {
    list: () => [...turns].map((turn) => ({ ...turn })),
    watch: async function* (question, events) {
      const turn: LiveTurn = { conversationId: null, question, doing: 'waiting', since: now() };
      turns.add(turn);
      try {
        for (;;) {
          const step = await events.next();
          if (step.done) return step.value;
          note(turn, step.value);
          yield step.value;
        }
      } finally {
        turns.delete(turn);
        await events.return(undefined as never);
      }
    },
  };
}

function note(turn: LiveTurn, event: AnswerEvent): void {
  if (event.type === 'answer-start') turn.conversationId = event.conversation_id;
  else if (event.type === 'stage-end') turn.doing = event.stage;
  else if (event.type === 'text-delta') turn.doing = 'writing';
}
