import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { AuditOutcome, AuditStore } from '../stores/contracts.ts';
import type { Action, ActionCaller, ActionInput, ActionRunner } from './action-contracts.ts';
import { auditLine } from './audit-line.ts';
import { createPendingActions, type PendingAction, type PendingActions } from './pending-actions.ts';

export interface ActionRunnerOptions {
  /** Built-in ones and the owner's; no two of one name. */
  actions: readonly Action[];
  audit: AuditStore;
  /** Milliseconds since the epoch. */
  now?: () => number;
  log?: (level: 'warn', message: string) => void;
}

interface Tools {
  actions: ReadonlyMap<string, Action>;
  audit: AuditStore;
  pending: PendingActions;
  log: (level: 'warn', message: string) => void;
}

type Context = Parameters<ActionRunner['call']>[2];
/** What an audit line tells of. */
type Try = Parameters<typeof auditLine>[0];

/**
 * Runs actions, asks before those that change something, and writes an audit line for each try. Without its line
 * on the disk no change is made.
 */
export function createActionRunner(options: ActionRunnerOptions): ActionRunner {
  const { actions, audit, now = Date.now, log = () => undefined } = options;
  const tools: Tools = {
    actions: new Map(actions.map((action) => [action.name, action])),
    audit,
    pending: createPendingActions(now),
    log,
  };
  if (tools.actions.size < actions.length) throw new TypeError('Two actions have the same name.');
  return {
    actions,
    call: async (name, input, context) => {
      throwIfCancelled(context.signal);
      const tried = { action: name, conversationId: context.caller.conversationId, input };
      const { action, checked } = await refusing(tried, tools, () => checkCall(name, input, tools));
      return action.changes
        ? ask(action, checked, tried, tools)
        : runNow(action, checked, tried, context, tools);
    },
    confirm: async (id, { signal, caller }) => {
      throwIfCancelled(signal);
      const pending = await findPending(id, caller, tools);
      pending.result ??= runConfirmed(pending, caller, tools);
      return doneWith(pending.action, pending.input, await untilAborted(pending.result, signal));
    },
    refuse: async (id, caller) => {
      const pending = await findPending(id, caller, tools);
      if (pending.result !== null) throw new AnswerboxError('action_not_pending');
      tools.pending.remove(id);
      await audit.append(auditLine(tryOf(pending), 'refused'));
    },
  };
}

function tryOf({ action, conversationId, input, id }: PendingAction): Try {
  return { action: action.name, conversationId, input, id };
}

/** @throws action_unknown, action_input_invalid */
function checkCall(
  name: string,
  input: unknown,
  { actions }: Tools,
): { action: Action; checked: ActionInput } {
  const action = actions.get(name);
  if (action === undefined) throw new AnswerboxError('action_unknown', { name });
  if (Value.Check(action.input, input)) return { action, checked: structuredClone(input) };
  const first = Value.Errors(action.input, input).First();
  const reason = first ? `${first.path || 'it'}: ${first.message}` : 'it does not fit';
  throw new AnswerboxError('action_input_invalid', { name, reason });
}

async function ask(action: Action, input: ActionInput, tried: Try, { audit, pending }: Tools) {
  const { id, expiresAt } = pending.add(action, input, tried.conversationId);
  await audit.append(auditLine({ ...tried, id }, 'asked'));
  const text = action.confirmText(input);
  return { state: 'confirm' as const, id, text, expiresAt: new Date(expiresAt).toISOString() };
}

async function runNow(action: Action, input: ActionInput, tried: Try, context: Context, tools: Tools) {
  return doneWith(action, input, await audited(tried, tools, () => action.run(input, context)));
}

function doneWith({ dialogue }: Action, input: ActionInput, output: unknown) {
  const text = dialogue && { text: dialogue.doneText(input, output) };
  return { state: 'done' as const, output, ...text };
}

/** @throws action_not_pending, after a line when it was too late */
async function findPending(id: string, caller: ActionCaller, tools: Tools): Promise<PendingAction> {
  const pending = tools.pending.find(id, caller.conversationId);
  if (pending === null) throw new AnswerboxError('action_not_pending');
  if (!tools.pending.isExpired(pending)) return pending;
  tools.pending.remove(id);
  if (pending.result === null)
    await tools.audit.append(auditLine(tryOf(pending), 'expired', 'action_not_pending'));
  throw new AnswerboxError('action_not_pending');
}

async function runConfirmed(pending: PendingAction, caller: ActionCaller, tools: Tools): Promise<unknown> {
  const { action, input, id } = pending;
  try {
    await tools.audit.append(auditLine(tryOf(pending), 'confirmed'));
  } catch (error) {
    // Nothing has happened: it may be confirmed again when the disk has room.
    pending.result = null;
    throw error;
  }
  tools.pending.prolong(pending);
  // Nobody who leaves stops a change half-way; the action's own time limit does.
  const context = { signal: new AbortController().signal, caller, idempotencyKey: id };
  return audited(tryOf(pending), tools, () => action.run(input, context));
}

/** The line of what came of it; one that cannot be written any more does not undo what has happened. */
async function audited<Result>(tried: Try, tools: Tools, run: () => Promise<Result>): Promise<Result> {
  const write = (outcome: AuditOutcome, code: string | null): Promise<unknown> =>
    tools.audit
      .append(auditLine(tried, outcome, code))
      .catch((error: unknown) => tools.log('warn', `An audit line is missing: ${reasonOf(error)}`));
  try {
    const result = await run();
    await write('done', null);
    return result;
  } catch (error) {
    await write('failed', codeOf(error));
    throw error;
  }
}

async function refusing<Result>(tried: Try, { audit }: Tools, check: () => Result): Promise<Result> {
  try {
    return check();
  } catch (error) {
    await audit.append(auditLine(tried, 'refused', codeOf(error)));
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof AnswerboxError ? error.code : 'internal';
}

function untilAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AnswerboxError('cancelled', {}, signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abort);
    result.then(resolve, reject).finally(settled);
  });
}
