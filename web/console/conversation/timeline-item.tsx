import type { ComponentChildren } from 'preact';
import type { DeskEvent } from '../api/wire-types.ts';
import { Avatar } from '../components/avatar.tsx';
import { Icon } from '../components/icon.tsx';
import { showBytes } from '../format/show-bytes.ts';
import { clockTime, dayName, isSameDay, wholeTime } from '../format/time.ts';
import { translate } from '../translate.ts';
import { AnswerTraceView } from './answer-trace.tsx';
import { describeEvent } from './describe-event.ts';
import { readAnswer } from './read-answer.ts';

interface TimelineItemProps {
  event: DeskEvent;
  before: DeskEvent | undefined;
  customerName: string;
}

/** What happened at one moment; the day above it when it is the day's first. */
export function TimelineItem({ event, before, customerName }: TimelineItemProps) {
  const newDay = !before || !isSameDay(before.at, event.at);
  return (
    <div class="timeline-item">
      {newDay && <p class="timeline-day">{dayName(event.at)}</p>}
      {event.message ? (
        <Message event={event} customerName={customerName} />
      ) : event.type === 'note-add' ? (
        <Note event={event} />
      ) : event.type === 'attachment-add' ? (
        <Attachment event={event} />
      ) : (
        <p class="timeline-event">
          {describeEvent(event)}{' '}
          <time dateTime={event.at} title={wholeTime(event.at)}>
            {clockTime(event.at)}
          </time>
        </p>
      )}
    </div>
  );
}

/** A file that came with the conversation; it is only ever downloaded, never shown in the page. */
function Attachment({ event: { at, data, actor, thread_id: thread } }: { event: DeskEvent }) {
  const file = (data['attachment'] ?? {}) as { id?: string; name?: string; bytes?: number };
  const address = `/api/v1/threads/${thread ?? ''}/attachments/${encodeURIComponent(file.id ?? '')}`;
  return (
    <article class={`message message-${actor.kind}`}>
      <Byline name={actor.name || translate('actor.customer')} at={at} />
      <p class="message-text">
        <Icon name="download" />{' '}
        <a href={address} download={file.name ?? ''} target="_self">
          {file.name ?? translate('message.file')}
        </a>
        {file.bytes !== undefined && ` · ${showBytes(file.bytes)}`}
      </p>
    </article>
  );
}

/** Texts are put into the page as text: nothing in them is ever markup. */
function Message({ event, customerName }: Omit<TimelineItemProps, 'before'>) {
  const { role, author, text } = event.message!;
  const name = role === 'customer' ? customerName : (author ?? translate(`actor.${role as 'assistant'}`));
  const { citations, outcome } = readAnswer(event.message!.answer);
  return (
    <article class={`message message-${role}`}>
      <Byline name={name} at={event.at}>
        {outcome && outcome !== 'answered' && <span class="badge">{outcome.replaceAll('_', ' ')}</span>}
      </Byline>
      <p class="message-text">{text}</p>
      {citations.length > 0 && (
        <details class="message-sources">
          <summary>{translate('message.sources', { count: citations.length })}</summary>
          <ol>
            {citations.map(({ title, quote }, index) => (
              <li key={index}>
                <strong>{title}</strong> {quote}
              </li>
            ))}
          </ol>
        </details>
      )}
      {outcome !== null && <AnswerTraceView messageId={event.message!.id} />}
    </article>
  );
}

function Note({ event }: { event: DeskEvent }) {
  const note = event.data['note'] as { text?: string } | undefined;
  return (
    <article class="message message-note">
      <Byline name={event.actor.name} at={event.at}>
        <span class="badge badge-warning">
          <Icon name="note" /> {translate('note.badge')}
        </span>
      </Byline>
      <p class="message-text">{note?.text ?? ''}</p>
    </article>
  );
}

function Byline({ name, at, children }: { name: string; at: string; children?: ComponentChildren }) {
  return (
    <header class="byline">
      <Avatar name={name} small />
      <strong>{name}</strong>
      {children}
      <time dateTime={at} title={wholeTime(at)}>
        {clockTime(at)}
      </time>
    </header>
  );
}
