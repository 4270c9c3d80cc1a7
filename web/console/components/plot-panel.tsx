import { translate } from '../translate.ts';
import { DataTable } from './data-table.tsx';
import { Panel } from './panel.tsx';
import { Plot, type Series } from './plot.tsx';

interface PlotPanelProps {
  title: string;
  hint?: string;
  /** What the names are: days, reasons. */
  nameTitle: string;
  names: readonly string[];
  series: readonly Series[];
  kind: 'bars' | 'line';
  /** Series that only the table shows. */
  tableOnly?: readonly Series[];
}

/** A plot and the same numbers in a table, for those who cannot see it or want them exactly. */
export function PlotPanel({ title, hint, nameTitle, names, series, kind, tableOnly = [] }: PlotPanelProps) {
  return (
    <Panel title={title} {...(hint !== undefined && { hint })}>
      {names.length === 0 ? (
        <p class="muted">{translate('analytics.nothing')}</p>
      ) : (
        <div class="plot-and-table">
          <Plot label={title} names={names} series={series} kind={kind} />
          <DataTable
            caption={title}
            rows={names.map((name, index) => ({ name, index }))}
            keyOf={({ index }) => index}
            columns={[
              { id: 'name', title: nameTitle, cell: ({ name }) => name },
              ...[...series, ...tableOnly].map(({ name, values }) => ({
                id: name,
                title: name,
                align: 'end' as const,
                cell: ({ index }: { index: number }) => values[index] ?? '–',
              })),
            ]}
          />
        </div>
      )}
    </Panel>
  );
}
