import type { AnswerEvent, Citation } from '../../../src/answer/answer-types.ts';
import type { AnswerEntry } from './conversation-state.ts';

/** What one event of the stream does to the answer that is being written. */
export function reduceAnswer(entry: AnswerEntry, event: AnswerEvent): AnswerEntry {
  switch (event.type) {
    case 'answer-start':
      // Told again after a broken line, or begun anew after a stop of the server: what stood there comes again.
      return { ...entry, status: 'waiting', messageId: event.message_id, text: '', citations: [] };
    case 'stage-end':
      return { ...entry, stage: event.stage };
    case 'text-delta':
      return { ...entry, status: 'writing', text: entry.text + event.text };
    case 'citation-add':
      return { ...entry, citations: addCitation(entry.citations, event.citation) };
    case 'handover-start':
      return entry;
    case 'answer-end':
      return {
        ...entry,
        status: 'done',
        answer: event.answer,
        messageId: event.answer.message_id,
        text: event.answer.answer || entry.text,
        citations: event.answer.citations,
      };
    case 'error':
      return {
        ...entry,
        status: 'failed',
        problem: { code: event.code, message: event.message, requestId: event.request_id },
      };
    default:
      // A newer server may send events this page does not know.
      return entry;
  }
}

function addCitation(citations: Citation[], citation: Citation): Citation[] {
  const others = citations.filter((known) => known.index !== citation.index);
  return [...others, citation].sort((one, other) => one.index - other.index);
}
