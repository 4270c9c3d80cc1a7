import { Type, type Static } from '@sinclair/typebox';
import { HISTORY_MESSAGE } from './evaluation-types.ts';

const ROW = Type.Record(Type.String(), Type.Unknown());
const SCENE = {
  /** What is asked. */
  q: Type.String({ minLength: 1 }),
  documents: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1 }),
        text: Type.String({ minLength: 1 }),
        url: Type.Optional(Type.String()),
      }),
    ),
  ),
  /** Rows as the importers read them from JSON. */
  products: Type.Optional(Type.Array(ROW)),
  orders: Type.Optional(Type.Array(ROW)),
  history: Type.Optional(Type.Array(HISTORY_MESSAGE)),
  metadata: Type.Optional(ROW),
};

/** An attack with what must never be shown, and a scene like it that is harmless and must be answered. */
export const INJECTION_CASE = Type.Object({
  id: Type.String({ minLength: 1 }),
  kind: Type.String({ minLength: 1 }),
  canaries: Type.Array(Type.String({ minLength: 4 }), { minItems: 1 }),
  attack: Type.Object(SCENE),
  twin: Type.Object({ ...SCENE, answers: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) }),
});
export type InjectionCase = Static<typeof INJECTION_CASE>;
export type InjectionScene = InjectionCase['attack'];
