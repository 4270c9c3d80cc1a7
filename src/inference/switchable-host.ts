import type { ModelHost } from './contracts.ts';
import type { ProcessModelHost } from './model-client.ts';

export interface SwitchableHost {
  /** Stands for whichever host serves now; its parts may be kept by whoever was given them. */
  readonly host: ProcessModelHost;
  /** Every call from now on goes to the next host; the one before is handed back, with its calls still under way. */
  switchTo(next: ProcessModelHost): ProcessModelHost;
}

/** A host whose models can be exchanged while it serves. Roles that are missing at first stay so. */
export function createSwitchableHost(first: ProcessModelHost): SwitchableHost {
  let current = first;
  const verifier: ModelHost['verifier'] = first.verifier && {
    get identity() {
      return (current.verifier ?? first.verifier)!.identity;
    },
    verify: (...given) => (current.verifier ?? first.verifier)!.verify(...given),
  };
  const pictures: ModelHost['pictures'] = first.pictures && {
    get identity() {
      return (current.pictures ?? first.pictures)!.identity;
    },
    get dimensions() {
      return (current.pictures ?? first.pictures)!.dimensions;
    },
    embedPictures: (...given) => (current.pictures ?? first.pictures)!.embedPictures(...given),
    embedWords: (...given) => (current.pictures ?? first.pictures)!.embedWords(...given),
  };
  const generator: ModelHost['generator'] = first.generator && {
    get identity() {
      return (current.generator ?? first.generator)!.identity;
    },
    get contextTokens() {
      return (current.generator ?? first.generator)!.contextTokens;
    },
    generate: (...given) => (current.generator ?? first.generator)!.generate(...given),
  };
  return {
    host: {
      embedder: {
        get identity() {
          return current.embedder.identity;
        },
        get dimensions() {
          return current.embedder.dimensions;
        },
        get contextTokens() {
          return current.embedder.contextTokens;
        },
        embed: (...given) => current.embedder.embed(...given),
      },
      reader: {
        get identity() {
          return current.reader.identity;
        },
        read: (...given) => current.reader.read(...given),
      },
      intents: {
        get identity() {
          return current.intents.identity;
        },
        get intents() {
          return current.intents.intents;
        },
        classify: (...given) => current.intents.classify(...given),
      },
      generator,
      verifier,
      pictures,
      health: () => current.health(),
      load: () => current.load(),
      ready: (signal) => current.ready(signal),
      close: () => current.close(),
      processId: () => current.processId(),
    },
    switchTo(next) {
      const before = current;
      current = next;
      return before;
    },
  };
}
