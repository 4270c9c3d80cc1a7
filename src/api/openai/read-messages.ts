import { AnswerboxError } from '../../errors.ts';

export interface ReadMessages {
  /** What system and developer messages say; '' without any. */
  system: string;
  /** What was said before the question, oldest first. */
  history: { role: 'user' | 'assistant'; text: string }[];
  /** The last message. */
  question: string;
}

interface SentMessage {
  role: string;
  content?: unknown;
}

/** Texts of the messages by their roles. @throws parameter_unsupported where a message cannot be read */
export function readMessages(messages: readonly SentMessage[]): ReadMessages {
  const system: string[] = [];
  const history: ReadMessages['history'] = [];
  messages.forEach(({ role, content }, place) => {
    const text = textOf(content, `messages[${place}].content`);
    if (role === 'system' || role === 'developer') system.push(text);
    else if (role === 'user' || role === 'assistant') history.push({ role, text });
    // What a tool said belongs to calls that are not made here.
    else if (role !== 'tool' && role !== 'function')
      unsupported(`messages[${place}].role`, 'it is system, developer, user or assistant');
  });
  const last = history.pop();
  if (last?.role !== 'user')
    return unsupported('messages', 'the last one must have the role "user": it is what is asked');
  // Assistants' turns that only called tools say nothing.
  return {
    system: system.join('\n'),
    history: history.filter(({ text }) => text !== ''),
    question: last.text,
  };
}

function textOf(content: unknown, param: string): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) return unsupported(param, 'it is a text or a list of parts');
  return content
    .map((part: unknown) => {
      const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown };
      if (type === 'text' && typeof text === 'string') return text;
      return unsupported(
        param,
        `parts of the kind ${JSON.stringify(type ?? null)} are not read, only "text"`,
      );
    })
    .join('\n');
}

function unsupported(param: string, reason: string): never {
  throw new AnswerboxError('parameter_unsupported', { param, reason });
}
