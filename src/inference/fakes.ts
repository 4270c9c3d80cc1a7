import type {
  Embedder,
  Generator,
  IntentClassifier,
  ModelHealth,
  ModelHost,
  PictureEmbedder,
  Reader,
  Verifier,
} from './contracts.ts';

export interface FakeModels {
  embed?: Embedder['embed'];
  read?: Reader['read'];
  classify?: IntentClassifier['classify'];
  generate?: Generator['generate'];
  verify?: Verifier['verify'];
  /** Left out: none is installed. */
  pictures?: PictureEmbedder;
  health?: Partial<ModelHealth>;
  /** False makes `generator` null, as when none is configured. */
  withGenerator?: boolean;
  /** False makes `verifier` null, as when the manifest lists none. */
  withVerifier?: boolean;
  dimensions?: number;
}

function unprepared(name: string): never {
  throw new Error(
    `createFakeModelHost: "${name}" was called but not prepared; pass { ${name} } if the test means to.`,
  );
}

/** A host for tests. What was not prepared throws, so no test passes by a way it did not mean to take. */
export function createFakeModelHost(fakes: FakeModels = {}): ModelHost {
  const embedder: Embedder = {
    identity: 'fake-embedder@0',
    dimensions: fakes.dimensions ?? 384,
    contextTokens: 256,
    embed: fakes.embed ?? (() => unprepared('embed')),
  };
  const generator: Generator = {
    identity: 'fake-generator@0',
    contextTokens: 2_048,
    generate: fakes.generate ?? (() => unprepared('generate')),
  };
  const verifier: Verifier = {
    identity: 'fake-verifier@0',
    verify: fakes.verify ?? (() => unprepared('verify')),
  };
  const health: ModelHealth = { state: 'ready', since: 0, restarts: 0, lastFailure: null, residentBytes: 0 };
  return {
    embedder,
    reader: { identity: 'fake-reader@0', read: fakes.read ?? (() => unprepared('read')) },
    intents: {
      identity: 'fake-intents@0',
      intents: ['delivery', 'returns', 'out_of_scope'],
      classify: fakes.classify ?? (() => unprepared('classify')),
    },
    generator: fakes.withGenerator === false ? null : generator,
    verifier: fakes.withVerifier === false ? null : verifier,
    pictures: fakes.pictures ?? null,
    health: () => ({ ...health, ...fakes.health }),
    load: () => ({ waiting: 0, running: 0, texts: 0, questions: 0 }),
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
