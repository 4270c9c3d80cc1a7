import type { ComponentChildren } from 'preact';
import type { Handover, WholeThread } from '../api/wire-types.ts';
import { DueTime } from '../components/due-time.tsx';
import { PriorityBadge, StatusBadge } from '../components/state-badge.tsx';
import { RelativeTime } from '../components/time.tsx';
import { customerAddress, ticketAddress } from '../data/addresses.ts';
import { translate, translateValue } from '../translate.ts';

/** What whoever answers needs to know: why it came here, what was tried, the evidence, who it is, what is due. */
export function ContextPane({ thread }: { thread: Omit<WholeThread, 'mail'> }) {
  const { handover, customer, ticket_details: ticket } = thread;
  const contact = ticket?.contact;
  return (
    <aside class="context" aria-label={translate('thread.context')} tabIndex={0}>
      {handover && <HandoverFacts handover={handover} waitingSince={thread.waiting_since} />}
      <section>
        <h3>{translate('context.customer')}</h3>
        <dl class="facts">
          <Fact name={translate('field.name')}>
            {customer ? (
              <a href={customerAddress(customer.id)}>
                {customer.name ?? customer.email ?? translate('context.unnamed')}
              </a>
            ) : (
              (contact?.name ?? translate('context.unknown'))
            )}
          </Fact>
          <Fact name={translate('field.email')}>{customer?.email ?? contact?.email}</Fact>
          <Fact name={translate('field.phone')}>{customer?.phone ?? contact?.phone}</Fact>
          <Fact name={translate('field.language')}>{customer?.language ?? thread.language}</Fact>
          {customer?.vip && <Fact name={translate('field.vip')}>{translate('context.yes')}</Fact>}
        </dl>
      </section>
      {ticket && (
        <section>
          <h3>
            <a href={ticketAddress(ticket.number)}>
              {translate('context.ticket', { number: ticket.number })}
            </a>
          </h3>
          <dl class="facts">
            <Fact name={translate('field.status')}>
              <StatusBadge status={ticket.status} />
            </Fact>
            <Fact name={translate('field.priority')}>
              <PriorityBadge priority={ticket.priority} always />
            </Fact>
            <Fact name={translate('field.first_response')}>
              <DueTime due={ticket.due} which="first_response" />
            </Fact>
            <Fact name={translate('field.resolution')}>
              <DueTime due={ticket.due} which="resolution" />
            </Fact>
            <Fact name={translate('field.category')}>{ticket.category}</Fact>
            <Fact name={translate('field.tags')}>{thread.tags.join(', ')}</Fact>
          </dl>
        </section>
      )}
    </aside>
  );
}

function HandoverFacts({ handover, waitingSince }: { handover: Handover; waitingSince: string | null }) {
  return (
    <section>
      <h3>{translate('context.handover')}</h3>
      <p>
        <span class="badge badge-warning">{translateValue('reason', handover.reason)}</span>{' '}
        {waitingSince !== null && (
          <span class="muted">
            {translate('context.waiting')} <RelativeTime at={waitingSince} />
          </span>
        )}
      </p>
      <p class="quoted">{handover.summary}</p>
      {handover.tried.length > 0 && (
        <>
          <h4>{translate('context.tried')}</h4>
          <ul class="bullets">
            {handover.tried.map((text, index) => (
              <li key={index}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {handover.evidence.length > 0 && (
        <>
          <h4>{translate('context.evidence')}</h4>
          <ul class="evidence">
            {handover.evidence.map(({ document_id: id, title, quote }, index) => (
              <li key={index}>
                <a href={`/sources/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer">
                  {title}
                </a>
                <q>{quote}</q>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
