import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findLost } from './find-lost.ts';
import { Ledger } from './ledger.ts';

let folder: string;
let ledger: Ledger;
let database: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerbox-ledger-'));
  ledger = new Ledger(join(folder, 'ledger.jsonl'));
  database = new Database(':memory:');
  database.exec('CREATE TABLE tickets (number INTEGER PRIMARY KEY, status TEXT)');
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const set = (status: string, acknowledged = true): void => {
  ledger.write({ type: 'ticket-status', number: 7, status, acknowledged: false });
  if (acknowledged) ledger.write({ type: 'ticket-status', number: 7, status, acknowledged });
};
const stored = (status: string): void =>
  void database.prepare('INSERT OR REPLACE INTO tickets VALUES (7, ?)').run(status);

it('a ticket has its last acknowledged state, or one that was asked for since', () => {
  set('pending');
  set('resolved');
  set('open', false);
  for (const status of ['resolved', 'open']) {
    stored(status);
    expect(findLost(database, ledger)).toEqual([]);
  }
  stored('pending');
  expect(findLost(database, ledger)).toEqual(['ticket 7 is pending, not resolved or open']);
});

it('a backup may hold what was written while it was made, but nothing older than what it follows', () => {
  set('pending');
  set('resolved');
  const until = ledger.lines.length;
  set('open');
  for (const status of ['resolved', 'open']) {
    stored(status);
    expect(findLost(database, ledger, until)).toEqual([]);
  }
  stored('pending');
  expect(findLost(database, ledger, until)).toEqual(['ticket 7 is pending, not resolved or open']);
  expect(findLost(database, ledger)).toEqual(['ticket 7 is pending, not open']);
});
