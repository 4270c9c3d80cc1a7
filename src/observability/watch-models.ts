import type { GenerateOptions, Generator, GeneratorPrompt, ModelHost } from '../inference/contracts.ts';
import type { Metrics } from './metrics.ts';
import { codeOf } from './watch-answers.ts';

/** The same models, each call timed and counted. */
export function watchModels(models: ModelHost, metrics: Metrics): ModelHost {
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
  return {
    ...models,
    embedder: { ...embedder, embed: (...call) => timed('embed', () => embedder.embed(...call)) },
    reader: { ...reader, read: (...call) => timed('read', () => reader.read(...call)) },
    intents: { ...intents, classify: (...call) => timed('classify', () => intents.classify(...call)) },
    verifier: verifier && {
      ...verifier,
      verify: (...call) => timed('verify', () => verifier.verify(...call)),
    },
    generator: generator && {
      ...generator,
      generate: (prompt, options) => watchGeneration(generator, prompt, options, metrics),
    },
  };
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
