import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PersonQuery } from '../stores/privacy-contracts.ts';
import { APPLIED_SETTING, eraseFound, finishErasing, type PrivacyTools } from './privacy.ts';
import { PRIVACY } from './privacy-settings.ts';

/**
 * Erases again whoever is on the erase list and here all the same: after a backup from before was restored, or
 * when an erasure was broken off. Nothing is looked through when the list was followed to its end before. Of
 * somebody who came back since, only what was there by then goes.
 * @returns how many persons were found
 */
export async function applyEraseList(tools: PrivacyTools): Promise<number> {
  const { eraseList, settings, store, trail, now } = tools;
  // The disk of the backups may have been away when somebody was erased; erasing goes on without it.
  await eraseList.copyBeside().catch(() => undefined);
  const fingerprint = eraseList.fingerprint();
  if (fingerprint === ((await settings.get(APPLIED_SETTING)) ?? '')) return 0;
  let persons = 0;
  for await (const query of markedIn(tools)) {
    const person = await store.find(query);
    if (!person) continue;
    await eraseFound(person, tools);
    persons += 1;
  }
  await finishErasing(tools);
  await trail.write({
    actor: 'machine privacy',
    action: 'privacy-erase-list',
    outcome: 'done',
    code: null,
    detail: { persons, at: now().toISOString() },
  });
  return persons;
}

async function* markedIn({ store, eraseList }: PrivacyTools): AsyncGenerator<PersonQuery> {
  const after = { customers: '', conversations: '' };
  for (;;) {
    const page = await store.identities(after, PRIVACY.identitiesAtOnce);
    if (page.length === 0) return;
    for (const { kind, value } of page) {
      const at = eraseList.find({ kind, value });
      if (at !== null) yield { [kind]: [value], by: at };
    }
    for (const { table, id } of page) if (id > after[table]) after[table] = id;
    await nextTurn();
  }
}
