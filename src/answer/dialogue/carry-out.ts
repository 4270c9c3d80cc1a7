import type { Action, ActionDialogue } from '../../actions/action-contracts.ts';
import type { AskedBack } from '../../stores/memory-contracts.ts';
import { AnswerboxError, hasCode } from '../../errors.ts';
import { findEntities } from '../../understand/find-entities.ts';
import { proveOrder, sayUnproven } from '../live/find-order.ts';
import type { Asker, LiveReply, SessionChange } from '../live/live-types.ts';
import type { AnswerTools } from '../path-types.ts';
import { DIALOGUE_TEXTS } from './dialogue-texts.ts';
import { readField, type FieldValue } from './read-field.ts';

export type FoundInput = Record<string, FieldValue>;

export interface DialogueContext {
  text: string;
  asker: Asker;
  tools: AnswerTools;
  signal: AbortSignal;
}

/** What the message, and the shop's token, say of the fields that are not known yet. */
export function collectInput(
  { fields }: ActionDialogue,
  known: FoundInput,
  { text, asker: { identity } }: Pick<DialogueContext, 'text' | 'asker'>,
): FoundInput {
  const input = { ...known };
  for (const field of fields) {
    // Whoever somebody says to be, only the token tells.
    if (field.from !== null) {
      const value = field.from === 'customer' ? identity?.subject : identity?.email;
      if (value) input[field.name] = value;
      else Reflect.deleteProperty(input, field.name);
    } else if (input[field.name] === undefined) {
      const value = readField(field, text, false);
      if (value !== null) input[field.name] = value;
    }
  }
  return input;
}

/**
 * Carries an action out as far as it goes: asks for what is missing, has an order proven, asks before a change,
 * else runs it. @throws cancelled, storage_*
 */
export async function carryOut(
  action: Action & { dialogue: ActionDialogue },
  input: FoundInput,
  context: DialogueContext,
): Promise<LiveReply> {
  const { dialogue, name } = action;
  const missing = dialogue.fields.find((field) => field.required && input[field.name] === undefined);
  if (missing?.from || (dialogue.identified && context.asker.identity === null))
    return reply('declined', DIALOGUE_TEXTS.signIn, null);
  if (missing) return askFor(action, input, missing.name, missing.askText);
  const unproven = await proveOwn(action, input, context);
  if ('text' in unproven) return unproven;
  const { asker, tools, signal } = context;
  try {
    const caller = { conversationId: asker.conversationId ?? '' };
    const outcome = await tools.actions.call(name, input, { signal, caller });
    if (outcome.state === 'done')
      return { ...reply('answered', outcome.text ?? DIALOGUE_TEXTS.done, null), session: unproven };
    const text = `${outcome.text} ${DIALOGUE_TEXTS.confirmHow}`;
    const asked = reply('clarify', text, { kind: 'confirm', id: outcome.id });
    return {
      ...asked,
      session: { ...unproven, ...asked.session },
      quickReplies: [DIALOGUE_TEXTS.yes, DIALOGUE_TEXTS.no],
    };
  } catch (error) {
    return sayFailure(error);
  }
}

export function askFor(action: Action, input: FoundInput, field: string, text: string): LiveReply {
  return reply('clarify', text, { kind: 'field', action: action.name, input, field });
}

/** What happened, in words. @throws what is no failure of an action */
export function sayFailure(error: unknown): LiveReply {
  const reason = error instanceof AnswerboxError ? String(error.details['reason'] ?? '') : '';
  if (hasCode(error, 'action_failed')) return reply('declined', DIALOGUE_TEXTS.failed(reason), null);
  if (hasCode(error, 'action_input_invalid')) return reply('declined', DIALOGUE_TEXTS.badInput(reason), null);
  if (hasCode(error, 'action_not_pending')) return reply('declined', DIALOGUE_TEXTS.outdated, null);
  throw error;
}

export function reply(outcome: LiveReply['outcome'], text: string, asked: AskedBack | null): LiveReply {
  const quickReplies = outcome === 'answered' ? [] : [DIALOGUE_TEXTS.talkToPerson];
  return { outcome, text, products: [], order: null, quickReplies, session: { asked } };
}

/** Where the action is about an order, nobody changes somebody else's: the reply when it is not proven. */
async function proveOwn(
  action: Action & { dialogue: ActionDialogue },
  input: FoundInput,
  { text, asker, tools, signal }: DialogueContext,
): Promise<LiveReply | SessionChange> {
  const { ownOrder } = action.dialogue;
  if (ownOrder === null) return {};
  const number = String(input[ownOrder]);
  const email = [text, ...asker.before].map(emailIn).find((one) => one !== null) ?? null;
  const result = await proveOrder({ number, email }, asker, tools.live, signal);
  if (result.outcome === 'proven') return email === null ? {} : { provenOrder: result.order.number };
  const unproven = sayUnproven(result, number, asker.say, tools.live);
  return result.outcome === 'incomplete' ? askFor(action, input, '', unproven.text) : unproven;
}

function emailIn(text: string): string | null {
  return findEntities(text).find(({ kind }) => kind === 'email')?.value ?? null;
}
