import { Type, type Static } from '@sinclair/typebox';
import { HISTORY_MESSAGE } from './evaluation-types.ts';

/** One question about live data; `expect` depends on the kind. */
export const LIVE_QUESTION = Type.Object({
  q: Type.String({ minLength: 1 }),
  kind: Type.Union(
    [
      ...['product', 'price', 'stock', 'delivery_time', 'hours', 'order'],
      ...['filter', 'cheapest', 'compare', 'absent', 'document'],
    ].map((kind) => Type.Literal(kind)),
  ),
  history: Type.Optional(Type.Array(HISTORY_MESSAGE)),
  expect: Type.Object({
    /** Any of these articles, or of these families, is right. */
    codes: Type.Optional(Type.Array(Type.String())),
    families: Type.Optional(Type.Array(Type.String())),
    code: Type.Optional(Type.String()),
    family: Type.Optional(Type.String()),
    /** The text must hold one of them. */
    answers: Type.Optional(Type.Array(Type.String())),
    in_stock: Type.Optional(Type.Boolean()),
    /** When it is asked (ISO 8601); now, where it is not said. */
    at: Type.Optional(Type.String()),
    number: Type.Optional(Type.String()),
    refused: Type.Optional(Type.Boolean()),
  }),
});
export type LiveQuestion = Static<typeof LIVE_QUESTION>;
