import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TSchema, Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { HANDOVER_RULES, HANDOVER_RULES_FILE, type HandoverRule } from './handover-rules.ts';
import { SLA_FILE, SLA_POLICIES, type SlaPolicies } from './sla-policies.ts';

export interface DeskFiles {
  rules: readonly HandoverRule[];
  /** Where the rules come from: a path, or 'built in'. */
  rulesFrom: string;
  policies: SlaPolicies;
}

/** The owner's tables in the data folder, or the built-in ones. @throws desk_file_invalid */
export async function readDeskFiles(folder: string): Promise<DeskFiles> {
  const rulesPath = join(folder, 'handover-rules.json');
  const rules = await readJson(rulesPath, HANDOVER_RULES_FILE);
  const policies = await readJson(join(folder, 'sla.json'), SLA_FILE);
  return {
    rules: rules ?? HANDOVER_RULES,
    rulesFrom: rules === null ? 'built in' : rulesPath,
    policies: { ...SLA_POLICIES, ...policies },
  };
}

async function readJson<Schema extends TSchema>(
  path: string,
  schema: Schema,
): Promise<Static<Schema> | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AnswerboxError('desk_file_invalid', { path, reason: reasonOf(error) }, error);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const first = Value.Errors(schema, parsed).First();
    if (first) throw new Error(`${first.path || 'the whole'}: ${first.message}`);
    return parsed;
  } catch (error) {
    throw new AnswerboxError('desk_file_invalid', { path, reason: reasonOf(error) }, error);
  }
}
