import type { Page, Paged } from './page-contracts.ts';
import type { DeskEventType } from './thread-contracts.ts';

/** Webhooks and mails that are to be sent, until they were. */

export interface WebhookRecord {
  id: string;
  url: string;
  secret: string;
  events: DeskEventType[];
  description: string;
  disabled: boolean;
  createdAt: string;
}

export const DELIVERY_STATES = ['pending', 'done', 'dead'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryRecord {
  id: string;
  kind: 'webhook' | 'mail';
  /** Id of the webhook, or the address. */
  target: string;
  /** The body, or the mail as JSON. */
  payload: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  /** When it is tried next. */
  nextAt: string;
  lastError: string | null;
  createdAt: string;
}

export type NewDelivery = Pick<DeliveryRecord, 'id' | 'kind' | 'target' | 'payload' | 'type'>;

export interface OutboxStore {
  addWebhook(webhook: Omit<WebhookRecord, 'id' | 'createdAt' | 'disabled'>): Promise<WebhookRecord>;
  listWebhooks(): Promise<WebhookRecord[]>;
  getWebhook(id: string): Promise<WebhookRecord | null>;
  changeWebhook(
    id: string,
    change: Partial<Pick<WebhookRecord, 'url' | 'events' | 'description' | 'disabled'>>,
  ): Promise<WebhookRecord | null>;
  removeWebhook(id: string): Promise<boolean>;
  /** Up to which event the outbox was filled; null before the first time. */
  filledUpTo(): Promise<number | null>;
  /** Deliveries and the new place in one transaction: nothing is sent twice or left out. */
  fill(position: number, deliveries: readonly NewDelivery[]): Promise<void>;
  nextDue(now: string, limit: number): Promise<DeliveryRecord[]>;
  /** When the next one is due; null when none waits. */
  nextTime(): Promise<string | null>;
  finish(id: string, result: { state: DeliveryState; nextAt: string; error: string | null }): Promise<void>;
  list(filter: { state?: DeliveryState }, page: Page): Promise<Paged<DeliveryRecord>>;
  /** Dead or done ones are tried again from the start. */
  replay(id: string, now: string): Promise<boolean>;
}
