import { Type, type TObject, type TString } from '@sinclair/typebox';
import type { IntentExample } from '../intents/intents-types.ts';
import { UTTERANCE_LINE } from './evaluation-types.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';

/** The owner's own file: a key that is not known is a slip, so it is refused. */
const STRICT_LINE = Type.Object(UTTERANCE_LINE.properties, { additionalProperties: false });

export interface UtteranceOptions {
  signal?: AbortSignal | undefined;
  /** Refuses keys other than `text` and `label`; left out, they are passed over. */
  strict?: boolean;
}

/** All utterances of a file, spaces around them removed. @throws evaluation_file_invalid, cancelled */
export async function readUtterances(
  path: string,
  { signal, strict = false }: UtteranceOptions = {},
): Promise<IntentExample[]> {
  const schema: TObject<{ text: TString; label: TString }> = strict ? STRICT_LINE : UTTERANCE_LINE;
  const utterances: IntentExample[] = [];
  for await (const { content } of readEvaluationFile(path, schema, signal))
    utterances.push({ text: content.text.trim(), label: content.label.trim() });
  return utterances;
}
