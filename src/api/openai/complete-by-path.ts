import type { Citation, RequestedMode } from '../../answer/answer-types.ts';
import type { App } from '../../app.ts';
import { annotateCitations, listSources } from './annotate-citations.ts';
import { usageOf, type CompletionEvent } from './completion-events.ts';
import type { ReadMessages } from './read-messages.ts';

export interface PathCompletion extends Pick<ReadMessages, 'history' | 'question'> {
  mode?: RequestedMode;
  conversationId?: string;
  metadata?: Record<string, unknown>;
  address: string;
  /** Append the sources to the text. */
  listed: boolean;
  urlOf: (citation: Citation) => string;
}

/** Messages that are looked back on; more would only be written down. */
const HISTORY_MESSAGES = 12;

/**
 * The whole question path as a completion, through the same events as the chat. Without a conversation of ours
 * the messages sent along become one.
 * @throws what the path throws
 */
export async function* completeByPath(
  app: App,
  { question, history, mode, conversationId, metadata, address, listed, urlOf }: PathCompletion,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent> {
  const { tokens } = app.answerTools;
  const longest = app.config.max_question_characters;
  const said = history.slice(-HISTORY_MESSAGES).map(({ role, text }) => ({
    role: role === 'user' ? ('customer' as const) : role,
    text: text.slice(0, longest),
  }));
  const conversation =
    conversationId ?? (said.length > 0 ? await app.startConversation(said, metadata) : undefined);
  const events = app.answer({
    message: question,
    signal,
    address,
    ...(mode && { mode }),
    ...(conversation !== undefined && { conversationId: conversation }),
    ...(metadata && { metadata }),
  });
  let text = '';
  for await (const event of events) {
    if (event.type === 'text-delta') {
      text += event.text;
      yield { type: 'text', text: event.text };
    }
    if (event.type !== 'answer-end') continue;
    const { answer } = event;
    const sources = listed ? listSources(answer.citations, urlOf) : '';
    if (sources !== '') yield { type: 'text', text: sources };
    const asked = [...said.map((message) => message.text), question];
    const promptTokens = asked.reduce((sum, one) => sum + tokens.countTokens(one), 0);
    yield {
      type: 'end',
      finish: 'stop',
      usage: usageOf(promptTokens, tokens.countTokens(text + sources)),
      annotations: annotateCitations(text, answer.citations, urlOf),
      answer,
    };
  }
}
