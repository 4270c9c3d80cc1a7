import { createDesk, type Desk, type DeskOptions } from '../desk/desk.ts';
import { readDeskFiles } from '../desk/read-desk-files.ts';
import type { ConversationStore } from '../stores/contracts.ts';
import { createSqliteAttachmentStore } from '../stores/sqlite/attachment-store.ts';
import { createSqliteCustomerStore } from '../stores/sqlite/customer-store.ts';
import { createSqliteDeskStore } from '../stores/sqlite/desk-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOutboxStore } from '../stores/sqlite/outbox-store.ts';
import type { UserStore } from '../stores/staff-contracts.ts';
import { loadLanguageDetector } from '../understand/detect-language.ts';

export interface DeskParts {
  database: SqliteDatabase;
  folder: string;
  users: UserStore;
  profile: DeskOptions['profile'];
  config: DeskOptions['config'];
  now?: () => Date;
  log?: NonNullable<DeskOptions['log']>;
}

/** @throws desk_file_invalid, config_bad_value */
export async function openDesk({ database, folder, ...rest }: DeskParts): Promise<Desk> {
  return createDesk({
    store: createSqliteDeskStore(database),
    customers: createSqliteCustomerStore(database),
    outbox: createSqliteOutboxStore(database),
    attachments: createSqliteAttachmentStore(database),
    files: await readDeskFiles(folder),
    languageOf: createLanguageOf(),
    ...rest,
  });
}

/** The detector is loaded with the first text that is asked about. */
function createLanguageOf(): DeskOptions['languageOf'] {
  let detector: ReturnType<typeof loadLanguageDetector> | undefined;
  return async (text) => {
    if (text.trim() === '') return null;
    const detect = await (detector ??= loadLanguageDetector());
    const { language } = detect(text);
    return language === 'und' ? null : language;
  };
}

/** The conversations, telling the desk of each message that is stored. */
export function tellingConversations(conversations: ConversationStore, desk: Desk): ConversationStore {
  return {
    ...conversations,
    addMessage: async (message) => {
      await conversations.addMessage(message);
      await desk.messageStored(message.conversationId, message.role);
    },
  };
}
