import { createHash } from 'node:crypto';
import type { SettingStore } from '../stores/contracts.ts';
import * as SETTINGS from './answer-settings.ts';
import type { AnswerTools } from './path-types.ts';
import { NEAR_ANSWERS } from './reuse-settings.ts';

export interface VersionedSources extends Pick<
  AnswerTools,
  | 'knowledge'
  | 'vectors'
  | 'words'
  | 'hints'
  | 'live'
  | 'models'
  | 'writing'
  | 'confidence'
  | 'facts'
  | 'guard'
> {
  settings: Pick<SettingStore, 'fingerprint'>;
  /** Version of this program. */
  program: string;
}

/**
 * One short text for everything that an answer from documents rests on: documents, products, synonyms and
 * spelling, routes, settings, models, thresholds, the program. What is derived (indexes, vocabulary) counts by
 * itself, so that an answer found while an index still lagged is not served once it has caught up.
 * Asked again whenever it is needed: it costs some tenths of a millisecond and can never be out of date.
 */
export async function sourceVersions(sources: VersionedSources): Promise<string> {
  const { knowledge, vectors, words, hints = [], live, models, writing, confidence } = sources;
  const { facts, guard, settings, program } = sources;
  const parts = [
    (await knowledge.counts()).generation,
    vectors.generation,
    words.version(),
    hints.map((finder) => finder.version()),
    await live.version(),
    await settings.fingerprint(),
    identitiesOf(models),
    [writing, writing.large?.generator.identity ?? null],
    [confidence, SETTINGS, NEAR_ANSWERS],
    facts(),
    guard.identity,
    program,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function identitiesOf({ embedder, reader, intents, generator, verifier }: AnswerTools['models']) {
  return [embedder, reader, intents, generator, verifier].map((model) => model?.identity ?? null);
}
