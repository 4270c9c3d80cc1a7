import { resolveChildEntry } from '../processes/child-entry.ts';
import type { Generator, ModelHealth } from './contracts.ts';
import { createGenerator } from './generator-client.ts';
import type { GgufFile } from './gguf-file.ts';
import { ModelCaller } from './model-caller.ts';
import { ModelSupervisor, type ModelLog } from './model-supervisor.ts';
import { ComputeLane, computeNumbers } from './schedule.ts';

/** One more generator, in a process of its own. */
export interface GeneratorHost {
  readonly generator: Generator;
  health(): ModelHealth;
  /** Texts that wait or are written now. */
  texts(): number;
  /** Resolves when it is loaded. @throws model_failed when it cannot be, cancelled */
  ready(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
  /** Null while there is none. */
  processId(): number | null;
}

export interface GeneratorHostOptions {
  model: GgufFile;
  /** Tokens of prompt and answer together; a model that was trained on fewer takes those. */
  contextTokens: number;
  /** Cores that it may use; 0, the default, means all. */
  threads?: number;
  log?: ModelLog;
}

/**
 * Starts the process at once and keeps it alive until `close`: a large model may be killed for its memory, and then
 * the models that every answer needs must go on.
 */
export function createGeneratorHost({
  model,
  contextTokens,
  threads,
  log,
}: GeneratorHostOptions): GeneratorHost {
  const lane = new ComputeLane();
  const supervisor = new ModelSupervisor(
    { generator: { file: model.file, contextTokens }, compute: computeNumbers(threads) },
    resolveChildEntry('./model-process.ts', import.meta.url),
    log ?? (() => undefined),
  );
  const caller = new ModelCaller(lane, supervisor);
  return {
    generator: createGenerator(caller, model.identity, contextTokens),
    health: () => supervisor.health(),
    texts: () => lane.load().texts,
    ready: (signal) => caller.ready(signal),
    close: () => supervisor.close(),
    processId: () => supervisor.pid,
  };
}
