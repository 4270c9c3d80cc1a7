import type { Answer, AnswerEvent } from './answer-types.ts';
import type { HandoverReason } from '../stores/ticket-contracts.ts';
import type { Harm } from '../guard/find-harm.ts';
import { ROUTING } from './answer-settings.ts';
import type { Decision } from './decide/decide.ts';
import { handOverInstead } from './decide/decide-live.ts';
import type { LiveReply } from './live/live-types.ts';
import type { AnswerTools, HeldSentence, Question } from './path-types.ts';
import type { ReadConfidence } from './read-confidence.ts';
import { giveToDesk } from './give-to-desk.ts';
import { sayContact } from './say-contact.ts';
import { keepSession } from './session.ts';
import type { TraceRecorder } from './trace/trace-recorder.ts';
import type { TraceVersions } from './trace/trace-types.ts';
import { answerOf, type Turn } from './turn.ts';

/** What becomes of a question once its text is shown: the fields of the answer that its turn does not know. */
export interface Ending {
  answer: Partial<Answer> & Pick<Answer, 'outcome' | 'confidence' | 'mode'>;
  /** The same for all who ask, until a source changes: it may be served again. */
  keep: boolean;
  /** How it came about, where that was computed for several askers at once. */
  trace?: TraceRecorder;
}

export async function* closeAnswer(
  turn: Turn,
  question: Question,
  confidence: ReadConfidence,
  decision: Decision,
  shown: { drafted: readonly HeldSentence[]; extracted: readonly HeldSentence[] },
): AsyncGenerator<AnswerEvent, Ending> {
  if (shown.drafted.length + shown.extracted.length === 0)
    return yield* declineAnswer(turn, question, confidence.confidence);
  for (const { text } of confidence.open)
    yield* turn.show(
      question.mayEcho ? turn.say('openPart', { part: text }) : turn.say('openPartUnnamed'),
      null,
    );
  if (decision.unclear) return yield* askWhich(turn, decision.unclear, confidence, shown);
  return {
    answer: {
      outcome: decision.outcome,
      confidence: rounded(confidence.confidence),
      mode: shown.drafted.length > 0 ? 'generated' : 'extractive',
      quick_replies: decision.outcome === 'answered' ? [] : [turn.say('talkToPerson')],
    },
    keep: true,
  };
}

/** A question that is not answered: asked back about, handed over or declined. */
export async function* unanswered(
  turn: Turn,
  question: Question,
  confidence: ReadConfidence,
  decision: Decision,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Ending> {
  if (decision.unclear)
    return yield* askWhich(turn, decision.unclear, confidence, { drafted: [], extracted: [] });
  if (decision.reason) return yield* handOver(turn, decision.reason, tools);
  return yield* declineAnswer(turn, question, confidence.confidence, tools);
}

/** Asks which one is meant, after what could be answered. */
async function* askWhich(
  turn: Turn,
  { part, choices }: NonNullable<Decision['unclear']>,
  { confidence }: Pick<ReadConfidence, 'confidence'>,
  shown: { drafted: readonly HeldSentence[]; extracted: readonly HeldSentence[] },
): AsyncGenerator<AnswerEvent, Ending> {
  const some = shown.drafted.length + shown.extracted.length > 0;
  const list = { list: choices.slice(0, -1).join('; '), last: choices.at(-1) ?? '' };
  const values = { part: part.text, choices: turn.say('choices', list) };
  yield* turn.show(turn.say(some ? 'whichOneOf' : 'whichOne', values), null);
  return {
    answer: {
      outcome: 'clarify',
      confidence: rounded(confidence),
      mode: shown.drafted.length > 0 ? 'generated' : some ? 'extractive' : 'curated',
      quick_replies: [...choices, turn.say('talkToPerson')],
    },
    keep: true,
  };
}

/** @param before what is said first: why the customer's own way came to an end */
async function* handOver(
  turn: Turn,
  reason: HandoverReason,
  tools: AnswerTools,
  before = '',
): AsyncGenerator<AnswerEvent, Ending> {
  yield turn.event({ type: 'handover-start', reason });
  turn.trace.handedOver(reason);
  if (before !== '') yield* turn.show(before, null);
  yield* turn.show(sayContact(tools.shop(), turn.say), null);
  return { answer: { outcome: 'handed_off', confidence: 1, mode: 'curated' }, keep: false };
}

export async function* declineAnswer(
  turn: Turn,
  question: Question,
  confidence: number,
  tools?: Pick<AnswerTools, 'shop'>,
): AsyncGenerator<AnswerEvent, Ending> {
  yield* turn.show(sayDeclined(turn, question, tools), null);
  return {
    answer: {
      outcome: 'declined',
      confidence: rounded(confidence),
      mode: 'extractive',
      quick_replies: [turn.say('talkToPerson')],
    },
    keep: true,
  };
}

/** A quotation that words alone found; the reply to the same question may be another once models read it. */
export function quotedAnswer(turn: Turn, confidence: number): Ending {
  return {
    answer: {
      outcome: 'answered_with_caveat',
      confidence: rounded(confidence),
      mode: 'extractive',
      quick_replies: [turn.say('talkToPerson')],
    },
    keep: false,
  };
}

/** What live sources said, in the product's own words. Never kept: the next asker is told what holds then. */
export async function* liveAnswer(
  turn: Turn,
  reply: LiveReply,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Ending> {
  const { text, outcome, products, order, quickReplies } = reply;
  turn.trace.live({ outcome, products: products.map(({ code }) => code), order: order !== null });
  const reason = handOverInstead(reply, turn.before);
  if (reason) return yield* handOver(turn, reason, tools, outcome === 'declined' ? text : '');
  yield* turn.show(text, null);
  return {
    answer: { outcome, confidence: 1, mode: 'curated', products, order, quick_replies: quickReplies },
    keep: false,
  };
}

/** The ends that a turn can come to. Each stores the assistant's message before it tells of it. */

export async function* handOverTurn(
  turn: Turn,
  reason: HandoverReason,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const { answer } = yield* handOver(turn, reason, tools);
  return yield* endTurn(turn, answer, tools);
}

/** What is not answered whatever is known: harm, and what does nothing but command the assistant. Else null. */
export function refusalOf({ harm, commands }: Question): Harm | 'commands' | null {
  return harm ?? (commands ? 'commands' : null);
}

/** A polite refusal; who may harm themselves is given to a person, with a kind word. */
export async function* refuseTurn(
  turn: Turn,
  why: Harm | 'commands',
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const shop = tools.shop().name;
  if (why === 'self_harm') {
    yield turn.event({ type: 'handover-start', reason: 'policy_restriction' });
    turn.trace.handedOver('policy_restriction');
  }
  const key = why === 'self_harm' ? 'harmSelf' : why === 'commands' ? 'outOfScope' : 'harmOther';
  yield* turn.show(turn.say(key, { shop }), null);
  return yield* endTurn(
    turn,
    {
      outcome: why === 'self_harm' ? 'handed_off' : 'declined',
      confidence: 1,
      mode: 'curated',
      quick_replies: [turn.say('talkToPerson')],
    },
    tools,
  );
}

/** A reply in the product's own words. */
export async function* curatedTurn(
  turn: Turn,
  text: string,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  yield* turn.show(text, null);
  return yield* endTurn(turn, { outcome: 'answered', confidence: 1, mode: 'curated' }, tools);
}

export async function* liveTurn(
  turn: Turn,
  reply: LiveReply,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  turn.session = { ...turn.session, ...reply.session };
  const { answer } = yield* liveAnswer(turn, reply, tools);
  return yield* endTurn(turn, answer, tools);
}

export async function* replayTurn(
  turn: Turn,
  stored: Answer,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  turn.trace.replayed();
  for (const citation of stored.citations) yield turn.event({ type: 'citation-add', citation });
  yield* turn.show(stored.answer, null);
  const { outcome, confidence, citations, quick_replies } = stored;
  const intent = turn.intent ?? stored.intent;
  const answer = { outcome, confidence, citations, intent, quick_replies, mode: 'cached' as const };
  return yield* endTurn(turn, answer, tools);
}

export async function* endTurn(
  turn: Turn,
  rest: Ending['answer'],
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const answer = yield* giveToDesk(turn, answerOf(turn, rest), tools);
  await tools.conversations.addMessage({
    id: turn.messageId,
    conversationId: turn.conversationId,
    role: 'assistant',
    text: answer.answer,
    answer: JSON.stringify(answer),
  });
  await keepSession(turn.session, answer, tools);
  if (tools.traces) {
    const trace = turn.trace.finish(answer, await versionsOf(tools));
    tools.traces.put(turn.messageId, JSON.stringify(trace));
  }
  yield turn.event({ type: 'answer-end', answer });
  return answer;
}

/** What answered: the same question may be answered otherwise by others. */
async function versionsOf({
  models,
  writing,
  confidence,
  version,
  versions,
}: AnswerTools): Promise<TraceVersions> {
  return {
    program: version,
    embedder: models.embedder.identity,
    reader: models.reader.identity,
    verifier: models.verifier?.identity ?? null,
    generator: models.generator?.identity ?? null,
    large_generator: writing.large?.generator.identity ?? null,
    intents: models.intents.identity,
    sources: await versions(),
    confidence: confidence.name,
  };
}

function sayDeclined({ say, intent }: Turn, question: Question, tools?: Pick<AnswerTools, 'shop'>): string {
  if (!question.readable) return say('unreadable');
  const isElsewhere = intent?.name === 'out_of_scope' && intent.confidence >= ROUTING.elsewhere;
  return isElsewhere && tools ? say('outOfScope', { shop: tools.shop().name }) : say('declined');
}

function rounded(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}
