import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CrashClient } from './crash-client.ts';
import type { Ledger } from './ledger.ts';

export interface Load {
  client: CrashClient;
  ledger: Ledger;
  random: () => number;
  /** Where backups are put. */
  backups: string;
  /** Marks what belongs to this kill. */
  round: number;
}

type Work = (load: Load, word: string) => Promise<void>;

/** Words that are in no text of ours, so that one search of bytes finds all that is left of somebody. */
export const PERSON = 'zqperson';
const wordOf = (prefix: string): string => `${prefix}${randomBytes(6).toString('hex')}`;

/**
 * Lanes that write until the server is gone. A request that is refused is a failure of the test; one that never came back
 * is not.
 * @returns what was refused
 */
export async function runLoad(load: Load, isOver: () => boolean): Promise<string[]> {
  const refused: string[] = [];
  const lane = async (works: readonly Work[]): Promise<void> => {
    while (!isOver()) {
      const work = works[Math.floor(load.random() * works.length)]!;
      try {
        await work(load, wordOf('zqword'));
      } catch (error) {
        refused.push(String(error));
        return;
      }
    }
  };
  await Promise.all([
    lane([ask]),
    lane([ask, reply]),
    lane([bringDocument, removeDocument]),
    lane([openTicket, changeTicket, noteHead]),
    lane([meetPerson, meetPerson, erasePerson]),
    lane([makeBackup, changeKeys, noteHead]),
  ]);
  return refused;
}

const QUESTIONS = ['how long does a repair take?', 'where do I find the lift?', 'may I bring a dog?'];

async function ask({ client, ledger, random }: Load, word: string): Promise<void> {
  const text = `About ${word}: ${QUESTIONS[Math.floor(random() * QUESTIONS.length)]!}`;
  const line = { type: 'ask', id: randomUUID(), text } as const;
  ledger.write({ ...line, acknowledged: false });
  await finishAsk(client, ledger, line);
}

/** Also for a question that was asked before the kill: under its id it is the same one. */
export async function finishAsk(
  client: CrashClient,
  ledger: Ledger,
  { id, text }: { id: string; text: string },
): Promise<string | null> {
  const body = { id, message: text, mode: 'extractive' };
  const told = await client.send<{ message_id: string; conversation_id: string }>(
    'POST',
    '/api/v1/chat',
    body,
  );
  if (told === null) return null;
  const { message_id: answer, conversation_id: conversation } = told;
  ledger.write({ type: 'ask', id, text, acknowledged: true, answer, conversation });
  return conversation;
}

async function bringDocument({ client, ledger }: Load, word: string): Promise<void> {
  const source = `page-${word}`;
  const line = { type: 'document', source, word } as const;
  ledger.write({ ...line, acknowledged: false });
  const text = `# Rules of hall ${word}\n\nThe gate of hall ${word} opens at seven.\n\n## Dogs\n\nDogs wait outside hall ${word}.\n`;
  const documents = [{ source, name: `${source}.md`, text }];
  const accepted = await client.send<{ job_id: string }>('POST', '/api/v1/documents', { documents });
  if (accepted === null) return;
  const job = accepted.job_id;
  ledger.write({ ...line, acknowledged: true, job });
  for (;;) {
    const told = await client.send<ToldJob>('GET', `/api/v1/jobs/${job}`);
    if (told === null) return;
    const [item] = told.items;
    if (told.finished_at === null) await new Promise((wait) => setTimeout(wait, 50));
    else if (item?.document_id) return ledger.write({ type: 'document-there', source, id: item.document_id });
    else throw new Error(`job ${job} stored nothing: ${JSON.stringify(told).slice(0, 300)}`);
  }
}

interface ToldJob {
  finished_at: string | null;
  items: { document_id: string | null }[];
}

async function removeDocument({ client, ledger, random }: Load): Promise<void> {
  const removed = new Set(ledger.of('document-removed').map(({ source }) => source));
  const there = ledger.of('document-there').filter(({ source }) => !removed.has(source));
  // Some must stay, or nothing could be lost.
  if (there.length < 5) return bringDocument({ client, ledger, random } as Load, wordOf('zqword'));
  const { source, id } = there[Math.floor(random() * there.length)]!;
  ledger.write({ type: 'document-removed', source, acknowledged: false });
  const done = await client.send('DELETE', `/api/v1/documents/${id}`);
  if (done !== null) ledger.write({ type: 'document-removed', source, acknowledged: true });
}

async function openTicket({ client, ledger }: Load, word: string): Promise<void> {
  const line = { type: 'ticket', subject: `Broken ${word}` } as const;
  ledger.write({ ...line, acknowledged: false });
  const customer = { name: `Ada ${word}`, email: `${word}@shop.example` };
  const body = { subject: line.subject, text: `It came like that: ${word}`, customer };
  const ticket = await client.send<{ number: number }>('POST', '/api/v1/tickets', body);
  if (ticket !== null) ledger.write({ ...line, acknowledged: true, number: ticket.number });
}

async function changeTicket(load: Load, word: string): Promise<void> {
  const { client, ledger, random } = load;
  const tickets = ledger.acknowledged('ticket');
  if (tickets.length === 0) return openTicket(load, word);
  const { number } = tickets[Math.floor(random() * tickets.length)]!;
  const status = ['open', 'pending', 'resolved'][Math.floor(random() * 3)]!;
  const line = { type: 'ticket-status', number: number!, status } as const;
  ledger.write({ ...line, acknowledged: false });
  const done = await client.send('PATCH', `/api/v1/tickets/${number!}`, { status });
  if (done !== null) ledger.write({ ...line, acknowledged: true });
}

async function reply(load: Load, word: string): Promise<void> {
  const { client, ledger } = load;
  const listed = await client.send<{ threads: { id: string; subject: string }[] }>(
    'GET',
    '/api/v1/threads?state=waiting,person&limit=20',
  );
  if (listed === null) return;
  const threads = listed.threads.filter(
    // Whoever is about to be erased must not get a reply that nobody finds again.
    ({ subject }) => !subject.includes(PERSON),
  );
  const thread = threads[0]?.id;
  if (thread === undefined) return handOver(load, word);
  const line = { type: 'reply', id: randomUUID(), thread, text: `We look into it: ${word}` } as const;
  ledger.write({ ...line, acknowledged: false });
  await finishReply(client, ledger, line);
}

export async function finishReply(
  client: CrashClient,
  ledger: Ledger,
  line: { id: string; thread: string; text: string },
): Promise<void> {
  const { id, thread, text } = line;
  const done = await client.send('POST', `/api/v1/threads/${thread}/messages`, { id, text });
  if (done !== null) ledger.write({ type: 'reply', id, thread, text, acknowledged: true });
}

async function handOver({ client, ledger }: Load, word: string): Promise<void> {
  const text = `Please call me back about ${word}`;
  const line = { type: 'ask', id: randomUUID(), text } as const;
  ledger.write({ ...line, acknowledged: false });
  const conversation = await finishAsk(client, ledger, line);
  if (conversation === null) return;
  const contact = { email: `${word}@shop.example` };
  await client.send('POST', `/api/v1/conversations/${conversation}/handover`, contact);
}

async function meetPerson({ client, ledger }: Load): Promise<void> {
  const word = wordOf(PERSON);
  const line = { type: 'person', word, email: `${word}@shop.example` } as const;
  ledger.write({ ...line, acknowledged: false });
  const sent = await client.send<{ ticket: { number: number } }>('POST', '/api/v1/contact', {
    message: `I am ${word} and my tent leaks.`,
    email: line.email,
    name: `Kim ${word}`,
  });
  if (sent !== null) ledger.write({ ...line, acknowledged: true, ticket: sent.ticket.number });
}

async function erasePerson(load: Load): Promise<void> {
  const { client, ledger, random } = load;
  const erased = new Set(ledger.of('erase').map(({ word }) => word));
  const there = ledger.acknowledged('person').filter(({ word }) => !erased.has(word));
  if (there.length < 3) return meetPerson(load);
  const { word, email } = there[Math.floor(random() * there.length)]!;
  ledger.write({ type: 'erase', word, email, acknowledged: false });
  const done = await client.send('POST', '/api/v1/privacy/erase', { customer: email, confirmed: true });
  if (done !== null) ledger.write({ type: 'erase', word, email, acknowledged: true });
}

async function changeKeys({ client, ledger }: Load, word: string): Promise<void> {
  const wanted = { name: word, permissions: ['desk.read'] };
  const made = await client.send<{ id: string; key: string }>('POST', '/api/v1/keys', wanted);
  if (made === null) return;
  const { id, key } = made;
  ledger.write({ type: 'key', id, key });
  const gone = new Set(ledger.of('key-removed').map((line) => line.id));
  const old = ledger.of('key').find((line) => line.id !== id && !gone.has(line.id));
  if (old === undefined) return;
  ledger.write({ type: 'key-removed', id: old.id, acknowledged: false });
  const done = await client.send('DELETE', `/api/v1/keys/${old.id}`);
  if (done !== null) ledger.write({ type: 'key-removed', id: old.id, acknowledged: true });
}

export interface AuditVerdict {
  first_bad: number | null;
  head: { sequence: number; hash: string } | null;
}

/** The chain's last line: a later one must still lead to it. */
async function noteHead({ client, ledger }: Load): Promise<void> {
  const verdict = await client.send<AuditVerdict>('GET', '/api/v1/audit/verify');
  if (verdict === null) return;
  if (verdict.first_bad !== null) throw new Error(`line ${verdict.first_bad} of the audit is bad`);
  if (verdict.head !== null)
    ledger.write({ type: 'head', head: `${verdict.head.sequence}:${verdict.head.hash}` });
}

async function makeBackup({ client, ledger, backups, round }: Load, word: string): Promise<void> {
  const since = ledger.lines.length;
  const file = join(backups, `${round}-${word}.backup`);
  const bytes = await client.download('POST', '/api/v1/backups');
  if (bytes === null) return;
  writeFileSync(file, bytes);
  ledger.write({ type: 'backup', file, since, acknowledged: true });
}
