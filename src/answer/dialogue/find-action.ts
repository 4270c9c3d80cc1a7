import type { Action, ActionDialogue, ActionRunner } from '../../actions/action-contracts.ts';
import type { IntentReading } from '../../inference/contracts.ts';
import { ROUTING } from '../answer-settings.ts';
import type { Asker, LiveReply } from '../live/live-types.ts';
import type { AnswerTools, Question } from '../path-types.ts';
import { carryOut, collectInput } from './carry-out.ts';

/** Asks how something is done, or whether it may be: the documents say that. */
const HOW_TO =
  /^\W*(?:how|why|when|where|what (?:if|happens|do|does|is|are)|can i|could i|may i|do (?:i|you)|is it|am i)\b/i;

/**
 * The reply to a message that asks for one of the owner's actions, by its patterns or its intents; null when it
 * asks for none. @throws cancelled, storage_*
 */
export async function findAction(
  { text }: Question,
  intent: IntentReading | null,
  asker: Asker,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  if (HOW_TO.test(text)) return null;
  const dialogues = dialoguesOf(tools.actions);
  const wanted = intent !== null && intent.confidence >= ROUTING.live ? intent.intent : null;
  // Patterns are the owner's own words and come before what a model takes the message for.
  const action =
    dialogues.find(({ dialogue }) => dialogue.matches(text)) ??
    dialogues.find(({ dialogue }) => wanted !== null && dialogue.intents.includes(wanted));
  if (!action) return null;
  const context = { text, asker, tools, signal };
  return carryOut(action, collectInput(action.dialogue, {}, context), context);
}

export function dialoguesOf({ actions }: ActionRunner): (Action & { dialogue: ActionDialogue })[] {
  return actions.flatMap((action) => {
    const { dialogue } = action;
    return dialogue === undefined ? [] : [{ ...action, dialogue }];
  });
}
