import type { Generator, ModelHost } from '../../inference/contracts.ts';
import type { AnswerTools } from '../path-types.ts';
import type { TraceRecorder } from './trace-recorder.ts';

/** The same tools, with the calls of the models told to this trace. */
export function withTrace(tools: AnswerTools, trace: Pick<TraceRecorder, 'call'>): AnswerTools {
  const { large } = tools.writing;
  const timed =
    large && inherit(large, { generator: timedGenerator(large.generator, 'large_generator', trace) });
  return {
    ...tools,
    models: timedModels(tools.models, trace),
    writing: { ...tools.writing, large: timed },
  };
}

/** The same models, each call told to the trace: how many texts, and seconds from call to result. */
function timedModels(models: ModelHost, trace: Pick<TraceRecorder, 'call'>): ModelHost {
  const timed = async <Result>(
    model: string,
    items: number,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      trace.call(model, items, (performance.now() - started) / 1_000);
    }
  };
  const { embedder, reader, intents, verifier, generator } = models;
  // Prototypes keep what is not timed (identity, tokens, methods of a later contract).
  return inherit(models, {
    embedder: inherit(embedder, {
      embed: (texts, options) => timed('embedder', texts.length, () => embedder.embed(texts, options)),
    }),
    reader: inherit(reader, {
      read: (question, passages, options) =>
        timed('reader', passages.length, () => reader.read(question, passages, options)),
    }),
    intents: inherit(intents, {
      classify: (vector, options) => timed('intents', 1, () => intents.classify(vector, options)),
    }),
    verifier:
      verifier &&
      inherit(verifier, {
        verify: (pairs, options) => timed('verifier', pairs.length, () => verifier.verify(pairs, options)),
      }),
    generator: generator && timedGenerator(generator, 'generator', trace),
  });
}

/** Items of a generation are its tokens; seconds run while the path waits for text, not while it checks. */
function timedGenerator(generator: Generator, name: string, trace: Pick<TraceRecorder, 'call'>): Generator {
  const generate: Generator['generate'] = async function* (prompt, options) {
    let seconds = 0;
    let tokens = 0;
    const events = generator.generate(prompt, options)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const started = performance.now();
        const step = await events.next();
        seconds += (performance.now() - started) / 1_000;
        if (step.done === true) return;
        if (step.value.type === 'end') tokens = step.value.generatedTokens;
        yield step.value;
      }
    } finally {
      trace.call(name, tokens, seconds);
      await events.return?.();
    }
  };
  return inherit(generator, { generate });
}

function inherit<Base extends object>(base: Base, changes: Partial<Base>): Base {
  return Object.assign(Object.create(base) as Base, changes);
}
