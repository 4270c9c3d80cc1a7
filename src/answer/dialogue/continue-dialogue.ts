import type { AskedBack } from '../../stores/memory-contracts.ts';
import type { Asker, LiveReply } from '../live/live-types.ts';
import type { AnswerTools, Question } from '../path-types.ts';
import { askFor, carryOut, collectInput, reply, sayFailure, type DialogueContext } from './carry-out.ts';
import { answerConsent, findMemoryWish } from './customer-facts.ts';
import { DIALOGUE_TEXTS } from './dialogue-texts.ts';
import { dialoguesOf } from './find-action.ts';
import { readField } from './read-field.ts';
import { yesOrNo } from './yes-or-no.ts';

type Asked<Kind extends AskedBack['kind']> = Extract<AskedBack, { kind: Kind }>;

/**
 * The reply to a message that answers what the customer was asked last, or that is about what is remembered of
 * them; null when it is about something else. What was asked is then dropped: a "yes" ten messages later must
 * not confirm it. @throws cancelled, storage_*
 */
export async function continueDialogue(
  { text, asks }: Question,
  asker: Asker,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const context = { text, asker, tools, signal };
  const { asked } = asker;
  const answer = asked === null ? null : await answerTo(asked, context, asks);
  return answer ?? (await findMemoryWish(context));
}

async function answerTo(
  asked: AskedBack,
  context: DialogueContext,
  asks: boolean,
): Promise<LiveReply | null> {
  switch (asked.kind) {
    case 'confirm':
      return settle(asked, context);
    case 'consent':
      return answerConsent(asked.fact, context);
    case 'field':
      return fillField(asked, context, asks);
  }
}

/** Runs on a plain yes alone; anything else withdraws the request. */
async function settle(
  { id }: Asked<'confirm'>,
  { text, asker, tools, signal }: DialogueContext,
): Promise<LiveReply | null> {
  const caller = { conversationId: asker.conversationId ?? '' };
  const said = yesOrNo(text);
  try {
    if (said === 'yes') {
      const outcome = await tools.actions.confirm(id, { signal, caller });
      const told = outcome.state === 'done' ? outcome.text : outcome.text;
      return reply('answered', told ?? DIALOGUE_TEXTS.done, null);
    }
    await tools.actions.refuse(id, caller);
    return said === 'no' ? reply('answered', DIALOGUE_TEXTS.refused, null) : null;
  } catch (error) {
    const failure = sayFailure(error);
    // Who turned to something else need not hear that the old request has gone anyway.
    return said === null ? null : failure;
  }
}

async function fillField(
  { action: name, input, field: asked }: Asked<'field'>,
  context: DialogueContext,
  asks: boolean,
): Promise<LiveReply | null> {
  const action = dialoguesOf(context.tools.actions).find((one) => one.name === name);
  if (!action) return null;
  const { text } = context;
  if (yesOrNo(text) === 'no') return reply('answered', DIALOGUE_TEXTS.stopped, null);
  const field = action.dialogue.fields.find((one) => one.name === asked);
  const value = field ? readField(field, text, true) : text.includes('@') ? text : null;
  if (value === null) {
    if (asks) return null;
    const ask =
      field?.askText ??
      context.asker.say('order.askEmail', { number: String(input[action.dialogue.ownOrder ?? ''] ?? '') });
    return askFor(action, input, asked, DIALOGUE_TEXTS.askAgain(ask));
  }
  const known = field ? { ...input, [field.name]: value } : input;
  return carryOut(action, collectInput(action.dialogue, known, context), context);
}
