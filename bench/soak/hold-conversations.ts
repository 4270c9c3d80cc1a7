import { seededRandom } from '../../src/intents/random.ts';
import type { SoakClient } from './soak-client.ts';
import { SOAK } from './soak-settings.ts';

export interface SoakPlan {
  conversations: number;
  seed: number;
  questions: readonly string[];
  signal: AbortSignal;
  /** Called between conversations, while none is held: how many there were. */
  look: (done: number) => Promise<void>;
}

/** How many conversations there were of each kind, and those that failed. */
export interface SoakCounts {
  kinds: Record<string, number>;
  failures: string[];
}

/** Holds mixed conversations, some at once, documents coming in beside them; the same ones for the same seed. */
export async function holdConversations(client: SoakClient, plan: SoakPlan): Promise<SoakCounts> {
  const random = seededRandom(plan.seed);
  const counts: SoakCounts = { kinds: {}, failures: [] };
  const count = (kind: string): void => void (counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1);
  let ingesting = Promise.resolve();
  for (let done = 0; done < plan.conversations; done += SOAK.lookEvery) {
    const some = Math.min(SOAK.lookEvery, plan.conversations - done);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < some) {
        plan.signal.throwIfAborted();
        const place = done + next++;
        const draw = { kind: random(), question: random(), rated: random() };
        try {
          count(await holdOne(client, place, draw, plan.questions));
        } catch (error) {
          plan.signal.throwIfAborted();
          counts.failures.push(`${place}: ${String(error)}`);
        }
      }
    };
    if (done % SOAK.ingestEvery === 0)
      ingesting = bringDocument(client, done).then(
        () => count('documents'),
        (error: unknown) => void counts.failures.push(String(error)),
      );
    await Promise.all(Array.from({ length: SOAK.lanes }, lane));
    await ingesting;
    await plan.look(done + some);
  }
  return counts;
}

interface Draw {
  kind: number;
  question: number;
  rated: number;
}

async function holdOne(
  client: SoakClient,
  place: number,
  draw: Draw,
  questions: readonly string[],
): Promise<string> {
  const question = questions[Math.floor(draw.question * questions.length)]!;
  if (place % SOAK.generatedEvery === SOAK.generatedEvery / 2) {
    await client.ask(`For parcel ${place} I need to know: ${question}`, { mode: 'auto' });
    return 'generated';
  }
  const { fresh, abandoned, handedOver } = SOAK;
  if (draw.kind < fresh) {
    await client.ask(`I am customer ${place} and would like to know. ${question}`);
    return 'fresh';
  }
  if (draw.kind < fresh + abandoned) {
    await client.leave(question);
    return 'abandoned';
  }
  const answer = await client.ask(question);
  if (draw.kind < fresh + abandoned + handedOver) {
    await client.handOver(answer.conversation_id);
    return 'handed over';
  }
  if (draw.rated >= SOAK.rated) return 'repeated';
  await client.rate(answer);
  await client.ask('Thanks a lot!', { conversation_id: answer.conversation_id });
  return 'rated';
}

function bringDocument(client: SoakClient, done: number): Promise<void> {
  const place = (done / SOAK.ingestEvery) % SOAK.documents;
  const week = Math.floor(done / SOAK.ingestEvery);
  return client.ingest(
    place,
    `# Notice ${place}\n\nIn week ${week} the lift of hall ${place} is out of order on day ${(week % 28) + 1}.\n`,
  );
}
