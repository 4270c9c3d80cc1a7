import type Database from 'better-sqlite3';
import { indexTicket } from './index-ticket.ts';

/** Gives the search documents of an older database their numbers and the parts of Chinese and Japanese words, once. */
export function indexTicketsAnew(database: Database.Database): void {
  const numbers = database.prepare('SELECT number FROM tickets ORDER BY number').pluck().all() as number[];
  for (const number of numbers) indexTicket(database, number);
}
