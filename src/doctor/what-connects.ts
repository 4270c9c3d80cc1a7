import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { settingsThatConnect, type OutboundPurpose } from '../outbound/outbound-purposes.ts';
import { countOutbound } from '../stores/sqlite/inspect-database.ts';
import { databasePathOf } from './check-store.ts';

export interface WhatConnects {
  offline: boolean;
  /** What is switched on, whether or not the master switch holds it back. */
  on: OutboundPurpose[];
  sentence: string;
}

/** What settings, files and stored things may make this server connect to. */
export function whatConnects(config: Config): WhatConnects {
  const on = new Set<OutboundPurpose>(settingsThatConnect(config));
  const folder = resolve(config.data_dir);
  if (existsSync(join(folder, 'actions.json'))) on.add('action');
  if (existsSync(join(folder, 'sources.json'))) on.add('live source');
  let doubt = '';
  try {
    const { webhooks, sites } = countOutbound(databasePathOf(config));
    if (webhooks > 0) on.add('webhook');
    if (sites > 0) on.add('crawl');
  } catch (error) {
    if (existsSync(databasePathOf(config)))
      doubt = `; webhooks and sites could not be read (${reasonOf(error)})`;
  }
  const names = [...on];
  const sentence = config.offline
    ? `The master switch "offline" is on: nothing connects to another machine${names.length > 0 ? `, though switched on are ${names.join(', ')}` : ''}`
    : names.length > 0
      ? `Switched on and allowed to connect: ${names.join(', ')}`
      : 'Nothing is switched on that connects to another machine';
  return { offline: config.offline, on: names, sentence: sentence + doubt };
}
