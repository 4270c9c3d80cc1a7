import { Type, type Static } from '@sinclair/typebox';
import { AnswerboxError } from '../errors.ts';
import type { Actor } from '../stores/thread-contracts.ts';
import { PRIORITIES, type Priority } from '../stores/ticket-contracts.ts';
import type { DeskTools } from './desk-tools.ts';
import { addNote, changeThread, closeThread, reply, threadOrThrow } from './work-thread.ts';
import { editTicket, snooze, ticketOrThrow, type TicketEdit } from './work-ticket.ts';

const DOES = ['status', 'priority', 'assign', 'team', 'tag', 'untag', 'snooze', 'close'] as const;
const TEXT = Type.String({ maxLength: 20_000 });

export const MACRO = Type.Object(
  {
    reply: Type.Optional(TEXT),
    note: Type.Optional(TEXT),
    actions: Type.Array(
      Type.Object(
        {
          do: Type.Union(DOES.map((one) => Type.Literal(one))),
          value: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
  },
  { additionalProperties: false },
);
export type Macro = Static<typeof MACRO>;

/**
 * What a macro does: its own reply and note, placeholders filled, then its actions in order. A draft that somebody
 * has begun is not touched.
 * @throws what the single actions throw; request_invalid for a value that is none
 */
export async function runMacro(
  threadId: string,
  macro: Macro,
  texts: { reply: string | null; note: string | null },
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  // All are looked at before any is done.
  const edit = toEdit(macro);
  if (texts.reply !== null && texts.reply.trim() !== '')
    await reply(threadId, { text: texts.reply }, actor, tools);
  if (texts.note !== null && texts.note.trim() !== '')
    await addNote(threadId, { text: texts.note, mentions: [] }, actor, tools);
  const thread = await threadOrThrow(threadId, tools);
  const sleep = macro.actions.find((action) => action.do === 'snooze');
  const tags = tagsAfter(macro, thread.tags);
  if (thread.ticket === null) {
    const { assigneeId, teamId } = edit;
    await changeThread(
      threadId,
      { tags, ...(assigneeId !== undefined && { assigneeId }), ...(teamId !== undefined && { teamId }) },
      actor,
      tools,
    );
    if (edit.status === 'closed' || edit.status === 'resolved') await closeThread(threadId, actor, tools);
    return;
  }
  const ticket = await ticketOrThrow(thread.ticket, tools);
  await editTicket(ticket.number, { ...edit, tags: tagsAfter(macro, ticket.tags) }, actor, tools);
  if (sleep) await snooze(ticket.number, sleep.value ?? null, actor, tools);
}

function tagsAfter({ actions }: Macro, before: readonly string[]): string[] {
  const valuesOf = (what: 'tag' | 'untag'): string[] =>
    actions.filter((action) => action.do === what).flatMap(({ value }) => value ?? []);
  const gone = valuesOf('untag');
  return [...new Set([...before, ...valuesOf('tag')])].filter((tag) => !gone.includes(tag));
}

/** @throws request_invalid */
export function toEdit({ actions }: Macro): TicketEdit {
  const edit: TicketEdit = {};
  for (const { do: what, value } of actions) {
    if (what === 'close') edit.status = 'closed';
    else if (what === 'status')
      edit.status = oneOf(['open', 'pending', 'resolved', 'closed'] as const, value, what);
    else if (what === 'priority') edit.priority = oneOf<Priority>(PRIORITIES, value, what);
    else if (what === 'assign') edit.assigneeId = value ?? null;
    else if (what === 'team') edit.teamId = value ?? null;
  }
  return edit;
}

function oneOf<Value extends string>(
  values: readonly Value[],
  value: string | undefined,
  what: string,
): Value {
  const found = values.find((one) => one === value);
  if (found === undefined)
    throw new AnswerboxError('request_invalid', {
      reason: `the action "${what}" of the macro needs one of ${values.join(', ')}`,
    });
  return found;
}
