import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { AnswerboxError } from '../../errors.ts';
import { CHAT_REQUEST, QUESTION_ID as ID } from '../schemas/answer-schema.ts';

const AFTER = Type.Integer({ minimum: 0, description: 'the last event that was received; 0 for all' });

const QUESTION = Type.Intersect([
  Type.Object({ type: Type.Literal('question'), id: ID, after: Type.Optional(AFTER) }),
  Type.Omit(CHAT_REQUEST, ['stream', 'id']),
]);
const RESUME = Type.Object({ type: Type.Literal('resume'), id: ID, after: AFTER });
const CANCEL = Type.Object({ type: Type.Literal('cancel'), id: ID });
/** All that happens in a conversation, by its own id; `cancel` ends it. */
const FOLLOW = Type.Object({ type: Type.Literal('follow'), id: ID, after: AFTER });

export type SocketQuestion = Static<typeof QUESTION>;
export type SocketMessage =
  SocketQuestion | Static<typeof RESUME> | Static<typeof CANCEL> | Static<typeof FOLLOW>;

const CHECKS = {
  question: TypeCompiler.Compile(QUESTION),
  resume: TypeCompiler.Compile(RESUME),
  cancel: TypeCompiler.Compile(CANCEL),
  follow: TypeCompiler.Compile(FOLLOW),
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
  if (type !== 'question' && type !== 'resume' && type !== 'cancel' && type !== 'follow')
    throw new AnswerboxError('request_invalid', { reason: '"type" is question, resume, cancel or follow' });
  const check = CHECKS[type];
  if (check.Check(value)) return value;
  const first = check.Errors(value).First();
  const reason = first
    ? `${first.path.slice(1) || 'the message'}: ${first.message}`
    : 'its shape is not known';
  throw new AnswerboxError('request_invalid', { reason });
}
