import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { readOwnerFile } from '../../files/read-owner-file.ts';
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
  const rows = (await readOwnerFile(join(folder, 'routes.json'), FILE, 'routes_invalid')) ?? {};
  return { routeOf: routesWith(rows), version: JSON.stringify([ROUTES, rows]) };
}
