import type { TSchema } from '@sinclair/typebox';
import { Value as Check } from '@sinclair/typebox/value';
import { AnswerboxError } from '../errors.ts';
import type { SettingStore } from '../stores/contracts.ts';

/** A table of the owner's. A file in the data folder wins; else what the console set; else what ships. */
export interface OwnedSetting<Value> {
  /** Name of the file that wins where there is one. */
  readonly file: string;
  readonly from: 'file' | 'console' | 'built in';
  /** In force now. */
  readonly value: Value;
  /**
   * In force, and kept, from here on; null goes back to what ships.
   * @throws setting_in_file
   */
  set(value: Value | null): Promise<void>;
}

interface OwnedSettingOptions<Value> {
  settings: Pick<SettingStore, 'get' | 'set'>;
  /** Under which it is kept in the store, as JSON; '' for what ships. */
  name: string;
  file: string;
  /** What the file says; null without one. */
  inFile: Value | null;
  builtIn: () => Value;
  /** What an earlier version kept and does not fit any more is left alone: what ships holds. */
  schema: TSchema;
}

export async function openOwnedSetting<Value>(
  options: OwnedSettingOptions<Value>,
): Promise<OwnedSetting<Value>> {
  const { settings, name, file, inFile, builtIn, schema } = options;
  let kept = readKept<Value>(await settings.get(name), schema);
  return {
    file,
    get from() {
      if (inFile !== null) return 'file';
      return kept === null ? 'built in' : 'console';
    },
    get value() {
      return inFile ?? kept ?? builtIn();
    },
    set: async (value) => {
      if (inFile !== null) throw new AnswerboxError('setting_in_file', { file });
      // Stored first: what is in force after a restart is what was in force before it.
      await settings.set(name, value === null ? '' : JSON.stringify(value));
      kept = value;
    },
  };
}

function readKept<Value>(text: string | null, schema: TSchema): Value | null {
  if (text === null || text === '') return null;
  const value: unknown = JSON.parse(text);
  return Check.Check(schema, value) ? (value as Value) : null;
}
