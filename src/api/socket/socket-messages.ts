import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { AnswerboxError } from '../../errors.ts';
import { CHAT_REQUEST } from '../schemas/answer-schema.ts';

/** Whoever knows the id may hear the answer, so it must be too long to guess. */
const ID = Type.String({
  pattern: '^[A-Za-z0-9_-]{20,64}$',
  description: 'made up by the client for each question, 20 to 64 letters, digits, - or _, such as a UUID',
});
const AFTER = Type.Integer({ minimum: 0, description: 'the last event that was received; 0 for all' });

const QUESTION = Type.Intersect([
  Type.Object({ type: Type.Literal('question'), id: ID, after: Type.Optional(AFTER) }),
  Type.Omit(CHAT_REQUEST, ['stream']),
]);
const RESUME = Type.Object({ type: Type.Literal('resume'), id: ID, after: AFTER });
const CANCEL = Type.Object({ type: Type.Literal('cancel'), id: ID });

export type SocketQuestion = Static<typeof QUESTION>;
export type SocketMessage = SocketQuestion | Static<typeof RESUME> | Static<typeof CANCEL>;

const CHECKS = {
  question: TypeCompiler.Compile(QUESTION),
  resume: TypeCompiler.Compile(RESUME),
  cancel: TypeCompiler.Compile(CANCEL),
} as const;

/** @throws request_invalid */
export function readSocketMessage(text: string): SocketMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError('request_invalid', { reason: 'the message is not JSON' }, error);
  }
  const type = (value as { type?: unknown } | null)?.type;
  if (type !== 'question' && type !== 'resume' && type !== 'cancel')
    throw new AnswerboxError('request_invalid', { reason: '"type" is question, resume or cancel' });
  const check = CHECKS[type];
  if (check.Check(value)) return value;
  const first = check.Errors(value).First();
  const reason = first
    ? `${first.path.slice(1) || 'the message'}: ${first.message}`
    : 'its shape is not known';
  throw new AnswerboxError('request_invalid', { reason });
}
