import type { ComponentChildren } from 'preact';
import { translate } from '../translate.ts';

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ComponentChildren;
  align?: 'end';
  /** Left out on narrow screens. */
  wideOnly?: boolean;
  /** Sorting by it is offered under this name. */
  sort?: string;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  sort?: string;
  onSort?: (sort: string) => void;
}

/** A plain table for up to some hundred rows; longer lists are a {@link VirtualList}. */
export function DataTable<Row>({ caption, columns, rows, keyOf, sort, onSort }: DataTableProps<Row>) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table class="data-table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title, align, wideOnly, sort: by }) => (
              <th
                key={id}
                scope="col"
                class={classOf({ align, wideOnly })}
                {...(by !== undefined && by === sort && { 'aria-sort': 'descending' as const })}
              >
                {by !== undefined && onSort ? (
                  <button
                    type="button"
                    class="link-button"
                    title={translate('table.sort', { column: title })}
                    onClick={() => onSort(by)}
                  >
                    {title}
                  </button>
                ) : (
                  title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, cell, align, wideOnly }) => (
                <td key={id} class={classOf({ align, wideOnly })}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf({ align, wideOnly }: { align?: 'end' | undefined; wideOnly?: boolean | undefined }): string {
  return `${align === 'end' ? 'align-end' : ''} ${wideOnly ? 'wide-only' : ''}`.trim();
}
