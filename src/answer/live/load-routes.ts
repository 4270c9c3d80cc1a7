import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import { ROUTES, routesWith, type Route } from './routes.ts';

const ROW = Type.Partial(
  Type.Object({
    order: Type.Boolean(),
    productWords: Type.Number({ minimum: 0, maximum: 1 }),
    productSense: Type.Boolean(),
    productLead: Type.Number({ minimum: -2, maximum: 2 }),
    productLeadSure: Type.Number({ minimum: -2, maximum: 2 }),
  }),
  { additionalProperties: false },
);
const FILE = Type.Record(Type.String({ minLength: 1 }), ROW);

export interface LoadedRoutes {
  routeOf: (intent: string | null) => Route;
  /** Another one when a row is. */
  version: string;
}

/**
 * The routing table with the owner's rows of `routes.json` (intent → fields) in the data folder, if there is one.
 * @throws routes_invalid
 */
export async function loadRoutes(folder: string): Promise<LoadedRoutes> {
  const path = join(folder, 'routes.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return loaded({});
    throw new AnswerboxError('routes_invalid', { path, reason: reasonOf(error) }, error);
  }
  return loaded(parse(text, path));
}

function loaded(rows: Static<typeof FILE>): LoadedRoutes {
  return { routeOf: routesWith(rows), version: JSON.stringify([ROUTES, rows]) };
}

function parse(text: string, path: string): Static<typeof FILE> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError(
      'routes_invalid',
      { path, reason: `it is not JSON (${reasonOf(error)})` },
      error,
    );
  }
  const [first] = Value.Errors(FILE, value);
  if (first) throw new AnswerboxError('routes_invalid', { path, reason: `${first.path}: ${first.message}` });
  return value as Static<typeof FILE>;
}
