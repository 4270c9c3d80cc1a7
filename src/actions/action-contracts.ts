import type { TObject } from '@sinclair/typebox';

/** Tools that the path may call for a customer. Built-in ones are wrapped from outside; the owner adds HTTP ones. */

export interface ActionCaller {
  /** Who is served: what one conversation was asked, no other may confirm. */
  conversationId: string;
}

export interface ActionContext {
  signal: AbortSignal;
  caller: ActionCaller;
  /** Of a confirmed action, the same however often it is sent: the other side can tell a repetition by it. */
  idempotencyKey?: string;
}

export type ActionInput = Record<string, unknown>;

export interface Action {
  /** Lower-case words joined by "_". */
  readonly name: string;
  readonly description: string;
  /** Checked before `run`; fields that it does not name are refused. */
  readonly input: TObject;
  /** True: it changes something, so that the customer is asked first. */
  readonly changes: boolean;
  /** What the customer is asked; called for actions that change something. */
  confirmText(input: ActionInput): string;
  /** What came of it, as JSON. @throws action_failed, cancelled */
  run(input: ActionInput, context: ActionContext): Promise<unknown>;
  /** How it is found and carried out in a conversation; without it only programs call it. */
  readonly dialogue?: ActionDialogue;
}

export type FieldEntity = 'product-code' | 'order-number' | 'amount' | 'date' | 'email' | 'phone';

export interface ActionField {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly required: boolean;
  /** What the customer is asked when it is missing. */
  readonly askText: string;
  /** Finds the value anywhere in a message. */
  readonly pattern: RegExp | null;
  readonly entity: FieldEntity | null;
  /** Taken from the shop's token alone, never from what somebody writes. */
  readonly from: 'customer' | 'email' | null;
}

export interface ActionDialogue {
  /** Intents that ask for it. */
  readonly intents: readonly string[];
  readonly fields: readonly ActionField[];
  /** The field with the number of an order that must be proven the customer's own before; null: none. */
  readonly ownOrder: string | null;
  /** True: only for customers for whom the shop's token vouches. */
  readonly identified: boolean;
  /** Does a message ask for it, by the owner's patterns? */
  matches(text: string): boolean;
  /** What the customer is told when it is done; null when the other side's answer lacks what is to be told. */
  doneText(input: ActionInput, output: unknown): string | null;
}

/** `confirm`: nothing has happened yet; the customer is to be shown `text`. `done`: `text` for the customer, if any. */
export type ActionOutcome =
  | { state: 'done'; output: unknown; text?: string | null }
  | { state: 'confirm'; id: string; text: string; expiresAt: string };

export interface ActionRunner {
  readonly actions: readonly Action[];
  /**
   * Runs an action that changes nothing; any other becomes pending until it is confirmed.
   * @throws action_unknown, action_input_invalid, action_failed, cancelled, storage_*
   */
  call(
    name: string,
    input: unknown,
    context: { signal: AbortSignal; caller: ActionCaller },
  ): Promise<ActionOutcome>;
  /**
   * Runs a pending action, once: whoever confirms it again gets what came of the first time. It goes on when the
   * caller's signal is raised, because half a change is worse than one that nobody waits for.
   * @throws action_not_pending, action_failed, cancelled, storage_*
   */
  confirm(id: string, context: { signal: AbortSignal; caller: ActionCaller }): Promise<ActionOutcome>;
  /** The customer said no. @throws action_not_pending when there is none, or when it runs already */
  refuse(id: string, caller: ActionCaller): Promise<void>;
}
