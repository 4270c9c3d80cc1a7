import type { App } from '../app.ts';
import { importOrders, importProducts } from '../catalogue/import-catalogue.ts';
import { AnswerboxError } from '../errors.ts';
import type { SourceFile } from '../ingest/ingest-types.ts';
import type { InjectionScene } from './injection-cases.ts';

/** Puts the documents, products and orders of all scenes into one app. @throws evaluation_file_invalid, cancelled */
export async function plantScenes(
  scenes: readonly InjectionScene[],
  app: App,
  signal: AbortSignal,
): Promise<void> {
  for await (const outcome of app.ingest(filesOf(scenes), { signal }))
    if (outcome.status === 'failed')
      throw new AnswerboxError('evaluation_file_invalid', {
        path: outcome.source,
        line: 0,
        reason: outcome.message,
      });
  const options = { source: 'cases', format: 'json', replace: false, signal } as const;
  const products = scenes.flatMap((scene) => scene.products ?? []);
  if (products.length > 0) await importProducts(json(products), app.catalogue, options);
  const orders = scenes.flatMap((scene) => scene.orders ?? []);
  if (orders.length > 0) await importOrders(json(orders), app.orders, options);
  await app.refreshProducts(signal);
}

async function* filesOf(scenes: readonly InjectionScene[]): AsyncGenerator<SourceFile> {
  const encoder = new TextEncoder();
  let number = 0;
  for (const { documents = [] } of scenes)
    for (const { name, text, url } of documents) {
      number += 1;
      yield {
        source: `planted:${number}:${name}`,
        name,
        bytes: encoder.encode(text),
        ...(url !== undefined && { url }),
      };
    }
}

const json = (rows: readonly unknown[]): Uint8Array => new TextEncoder().encode(JSON.stringify(rows));
