import type { TicketChange } from '../../api/ticket-api.ts';
import type { Priority, WholeTicket } from '../../api/wire-types.ts';
import { CategoryInput } from '../../components/category-input.tsx';
import { Field } from '../../components/field.tsx';
import { staff } from '../../data/staff.ts';
import { teams } from '../../data/teams.ts';
import { wholeTime } from '../../format/time.ts';
import { translate } from '../../translate.ts';

interface TicketFieldsProps {
  ticket: WholeTicket;
  editable: boolean;
  onChange: (change: TicketChange) => void;
}

const STATUSES = ['open', 'pending', 'resolved', 'closed'] as const;
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

export function TicketFields({ ticket, editable, onChange }: TicketFieldsProps) {
  const asleep = ticket.status === 'snoozed' || ticket.status === 'merged';
  return (
    <div class="ticket-fields">
      <Field
        label={translate('field.status')}
        {...(ticket.snoozed_until && {
          hint: translate('ticket.sleeps_until', { time: wholeTime(ticket.snoozed_until) }),
        })}
      >
        <select
          disabled={!editable}
          value={ticket.status}
          onChange={({ currentTarget }) =>
            onChange({ status: currentTarget.value as (typeof STATUSES)[number] })
          }
        >
          {asleep && (
            <option value={ticket.status} disabled>
              {translate(`status.${ticket.status}`)}
            </option>
          )}
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {translate(`status.${status}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={translate('field.priority')}>
        <select
          disabled={!editable}
          value={ticket.priority}
          onChange={({ currentTarget }) => onChange({ priority: currentTarget.value as Priority })}
        >
          {PRIORITIES.map((priority) => (
            <option key={priority} value={priority}>
              {translate(`priority.${priority}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={translate('field.assignee_id')}>
        <select
          disabled={!editable}
          value={ticket.assignee_id ?? ''}
          onChange={({ currentTarget }) => onChange({ assignee_id: currentTarget.value || null })}
        >
          <option value="">{translate('thread.nobody')}</option>
          {staff.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={translate('field.team_id')}>
        <select
          disabled={!editable}
          value={ticket.team_id ?? ''}
          onChange={({ currentTarget }) => onChange({ team_id: currentTarget.value || null })}
        >
          <option value="">{translate('field.no_team')}</option>
          {teams.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={translate('field.category')}>
        <CategoryInput
          key={ticket.category ?? ''}
          disabled={!editable}
          value={ticket.category ?? ''}
          onChange={(category) => onChange({ category: category || null })}
        />
      </Field>
      <Field label={translate('field.tags')}>
        <input
          key={ticket.tags.join()}
          disabled={!editable}
          defaultValue={ticket.tags.join(', ')}
          onChange={({ currentTarget }) =>
            onChange({
              tags: [...new Set(currentTarget.value.split(',').map((tag) => tag.trim()))].filter(Boolean),
            })
          }
        />
      </Field>
    </div>
  );
}
