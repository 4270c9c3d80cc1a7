import type { GenerateOptions, Generator, GeneratorPrompt, ModelHost } from '../inference/contracts.ts';
import type { Metrics } from './metrics.ts';
import { codeOf } from './watch-answers.ts';

/** The same models, each call timed and counted. */
export function watchModels<Host extends ModelHost>(models: Host, metrics: Metrics): Host {
  const { embedder, reader, intents, generator, verifier, pictures } = models;
  const timed = async <Result>(operation: string, work: () => Promise<Result>): Promise<Result> => {
    const end = metrics.modelCallSeconds.startTimer({ operation });
    try {
      return await work();
    } catch (error) {
      metrics.failedModelCalls.inc({ operation, code: codeOf(error) });
      throw error;
    } finally {
      end();
    }
  };
  return over(models, {
    embedder: over(embedder, { embed: (...call) => timed('embed', () => embedder.embed(...call)) }),
    reader: over(reader, { read: (...call) => timed('read', () => reader.read(...call)) }),
    intents: over(intents, { classify: (...call) => timed('classify', () => intents.classify(...call)) }),
    verifier:
      verifier && over(verifier, { verify: (...call) => timed('verify', () => verifier.verify(...call)) }),
    pictures:
      pictures &&
      over(pictures, {
        embedPictures: (...call) => timed('embed_pictures', () => pictures.embedPictures(...call)),
        embedWords: (...call) => timed('embed_picture_words', () => pictures.embedWords(...call)),
      }),
    generator: generator && watchGenerator(generator, 'builtin', metrics),
  } as Partial<Host>);
}

/** The same generator, each text timed and counted under this name. */
export function watchGenerator(generator: Generator, name: 'builtin' | 'large', metrics: Metrics): Generator {
  return over(generator, {
    generate: (prompt, options) => watchGeneration(generator, name, { prompt, options }, metrics),
  });
}

/** What is not replaced is read anew each time, since a model may be exchanged while it serves. */
function over<Model extends object>(model: Model, replaced: Partial<Model>): Model {
  return Object.assign(Object.create(model) as Model, replaced);
}

async function* watchGeneration(
  generator: Generator,
  name: string,
  { prompt, options }: { prompt: GeneratorPrompt; options: GenerateOptions },
  metrics: Metrics,
): ReturnType<Generator['generate']> & AsyncGenerator {
  const operation = name === 'builtin' ? 'generate' : `generate_${name}`;
  const labels = { generator: name };
  const end = metrics.modelCallSeconds.startTimer({ operation });
  let firstText = 0;
  try {
    for await (const event of generator.generate(prompt, options)) {
      if (event.type === 'text') firstText ||= performance.now();
      else {
        metrics.promptTokens.inc(labels, event.promptTokens);
        metrics.generatedTokens.inc(labels, event.generatedTokens);
        const seconds = (performance.now() - firstText) / 1000;
        if (firstText > 0 && event.generatedTokens > 1 && seconds > 0)
          metrics.tokensPerSecond.observe(labels, (event.generatedTokens - 1) / seconds);
      }
      yield event;
    }
  } catch (error) {
    metrics.failedModelCalls.inc({ operation, code: codeOf(error) });
    throw error;
  } finally {
    end();
  }
}
