import { SearchField } from '../../components/search-field.tsx';
import { categories } from '../../data/categories.ts';
import { staff } from '../../data/staff.ts';
import { teams } from '../../data/teams.ts';
import { ownId } from '../../session/session.ts';
import { translate, type MessageKey } from '../../translate.ts';
import type { FilterName, TicketFilter } from './ticket-filter.ts';

interface FilterBarProps {
  filter: TicketFilter;
  onChange: (change: TicketFilter) => void;
  /** On the board the columns are the statuses. */
  withStatus: boolean;
}

const STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed', 'merged'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
const SORTS = ['updated', 'created', 'due', 'priority'] as const;

export function FilterBar({ filter, onChange, withStatus }: FilterBarProps) {
  const choice = (name: FilterName, label: MessageKey, options: readonly (readonly [string, string])[]) => (
    <label class="filter">
      <span class="visually-hidden">{translate(label)}</span>
      <select
        title={translate(label)}
        value={filter[name] ?? ''}
        onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="filter-bar">
      <SearchField
        label={translate('tickets.search')}
        value={filter.q ?? ''}
        onSearch={(q) => onChange({ q })}
      />
      {withStatus &&
        choice('status', 'field.status', [
          ['', translate('tickets.to_do')],
          ['any', translate('tickets.any_status')],
          ...STATUSES.map((status) => [status, translate(`status.${status}`)] as const),
        ])}
      {choice('priority', 'field.priority', [
        ['', translate('tickets.any_priority')],
        ...PRIORITIES.map((priority) => [priority, translate(`priority.${priority}`)] as const),
      ])}
      {choice('assignee', 'field.assignee_id', [
        ['', translate('tickets.any_assignee')],
        ['me', translate('tickets.mine')],
        ['none', translate('tickets.unassigned')],
        ...staff.value.filter(({ id }) => id !== ownId()).map(({ id, name }) => [id, name] as const),
      ])}
      {(teams.value.length > 0 || filter.team !== undefined) &&
        choice('team', 'field.team_id', [
          ['', translate('tickets.any_team')],
          ...teams.value.map(({ id, name }) => [id, name] as const),
        ])}
      <input
        class="filter"
        aria-label={translate('field.category')}
        placeholder={translate('tickets.any_category')}
        value={filter.category ?? ''}
        list="categories"
        onChange={({ currentTarget }) => onChange({ category: currentTarget.value.trim() })}
      />
      <datalist id="categories">
        {categories.value.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      {choice('sort', 'tickets.sort', [
        ['', translate('sort.updated')],
        ...SORTS.slice(1).map((sort) => [sort, translate(`sort.${sort as 'due'}`)] as const),
      ])}
      <label class="check-line">
        <input
          type="checkbox"
          checked={filter.overdue === 'true'}
          onChange={({ currentTarget }) => onChange({ overdue: currentTarget.checked ? 'true' : '' })}
        />
        {translate('tickets.overdue')}
      </label>
    </div>
  );
}
