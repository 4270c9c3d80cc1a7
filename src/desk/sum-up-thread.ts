import type { DeskEvent } from '../stores/thread-contracts.ts';
import type { Handover, HandoverReason } from '../stores/ticket-contracts.ts';
import { DESK } from './desk-settings.ts';

/** The parts of a stored answer that a hand-over tells of. */
interface StoredAnswer {
  outcome?: string;
  language?: string;
  intent?: { name: string } | null;
  citations?: { document_id: string; title: string; url: string | null; quote: string }[];
}

/** Passages shown with a hand-over. */
const MOST_EVIDENCE = 5;

/** What the person who takes over needs to know, from what was said; no model is asked, so it cannot fail. */
export function sumUpThread(
  events: readonly DeskEvent[],
  { reason, rule, intent }: { reason: HandoverReason; rule: string | null; intent: string | null },
): Handover {
  const messages = events.flatMap(({ message }) => (message ? [message] : []));
  const asked = messages.filter(({ role }) => role === 'customer').map(({ text }) => line(text));
  const answers = messages
    .filter(({ role, answer }) => role === 'assistant' && answer !== null)
    .map(({ text, answer }) => ({ text, stored: JSON.parse(answer!) as StoredAnswer }));
  const last = answers.at(-1)?.stored;
  const useful = answers.findLast(
    ({ stored }) => stored.outcome?.startsWith('answered') && stored.citations?.length,
  );
  return {
    reason,
    rule,
    summary: summaryOf(asked, answers.length, reason),
    tried: answers
      .map(({ text, stored }) => `${stored.outcome ?? 'answered'}: ${line(text)}`)
      .slice(-MOST_EVIDENCE),
    evidence: evidenceOf(answers.map(({ stored }) => stored)),
    suggested_reply: useful ? useful.text.replace(/ ?\[\d+\]/g, '') : null,
    intent: intent ?? last?.intent?.name ?? null,
    language: last?.language ?? null,
  };
}

function summaryOf(asked: readonly string[], answers: number, reason: HandoverReason): string {
  const first = asked[0] ?? '';
  const last = asked.at(-1) ?? '';
  const wanted = first === '' ? 'The customer wrote nothing yet.' : `Asked: “${first}”.`;
  const now = asked.length > 1 ? ` Last: “${last}”.` : '';
  const counts = `${asked.length} message${asked.length === 1 ? '' : 's'}, ${answers} answer${answers === 1 ? '' : 's'} of the assistant; handed over for ${reason.replaceAll('_', ' ')}.`;
  return `${wanted}${now}\n${counts}`;
}

function evidenceOf(answers: readonly StoredAnswer[]): Handover['evidence'] {
  const seen = new Map<string, Handover['evidence'][number]>();
  for (const { citations = [] } of [...answers].reverse())
    for (const { document_id, title, url, quote } of citations)
      seen.set(`${document_id} ${quote}`, { document_id, title, url, quote });
  return [...seen.values()].slice(0, MOST_EVIDENCE);
}

function line(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= DESK.lineCharacters ? flat : `${flat.slice(0, DESK.lineCharacters - 1)}…`;
}
