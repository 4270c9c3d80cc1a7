import type { GenerateOptions, Generator, GeneratorPrompt, ModelHost } from '../inference/contracts.ts';
import type { Metrics } from './metrics.ts';
import { codeOf } from './watch-answers.ts';

/** The same models, each call timed and counted. */
export function watchModels<Host extends ModelHost>(models: Host, metrics: Metrics): Host {
  const { embedder, reader, intents, generator, verifier } = models;
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
    generator:
      generator &&
      over(generator, {
        generate: (prompt, options) => watchGeneration(generator, prompt, options, metrics),
      }),
  } as Partial<Host>);
}

/** What is not replaced is read anew each time, since a model may be exchanged while it serves. */
function over<Model extends object>(model: Model, replaced: Partial<Model>): Model {
  return Object.assign(Object.create(model) as Model, replaced);
}

async function* watchGeneration(
  generator: Generator,
  prompt: GeneratorPrompt,
  options: GenerateOptions,
  metrics: Metrics,
): ReturnType<Generator['generate']> & AsyncGenerator {
  const end = metrics.modelCallSeconds.startTimer({ operation: 'generate' });
  let firstText = 0;
  try {
    for await (const event of generator.generate(prompt, options)) {
      if (event.type === 'text') firstText ||= performance.now();
      else {
        metrics.promptTokens.inc(event.promptTokens);
        metrics.generatedTokens.inc(event.generatedTokens);
        const seconds = (performance.now() - firstText) / 1000;
        if (firstText > 0 && event.generatedTokens > 1 && seconds > 0)
          metrics.tokensPerSecond.observe((event.generatedTokens - 1) / seconds);
      }
      yield event;
    }
  } catch (error) {
    metrics.failedModelCalls.inc({ operation: 'generate', code: codeOf(error) });
    throw error;
  } finally {
    end();
  }
}
